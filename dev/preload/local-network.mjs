// For NODE_OPTIONS=--import: every Node process of the local stack, those that Next starts included.
import { applyLocalNetwork } from '../src/local-network.ts';

const { LOCAL_ROOT } = process.env;
if (!LOCAL_ROOT) throw new Error('LOCAL_ROOT is not set: it names the root certificate that Caddy wrote');
applyLocalNetwork(LOCAL_ROOT);
