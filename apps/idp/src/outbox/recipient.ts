import type { Client } from '../clients/client.ts';
import type { ClientDirectory } from '../clients/client-directory.ts';
import { clientFromMetadata } from '../clients/client-from-metadata.ts';
import { storedClientSchema } from '../clients/metadata-schema.ts';
import type { Notice } from '../store/index.ts';

type KeptMetadata = NonNullable<Notice['recipient']>;

/** The client of a notice as it is registered now, or as it was when it was removed; undefined where neither is known. */
export function findRecipient(
  clients: Pick<ClientDirectory, 'find'>,
  { clientId, recipient }: Pick<Notice, 'clientId' | 'recipient'>,
): Client | undefined {
  const known = clients.find(clientId);
  if (known || recipient === undefined) return known;
  const noSecret = { secretHash: undefined, previousSecret: undefined };
  return clientFromMetadata(clientId, storedClientSchema.parse(recipient), noSecret);
}

/** What has to be known of a client to tell it something once it is registered no more. */
export function metadataToKeep(client: Client): KeptMetadata {
  return {
    backchannel_logout_uri: client.backchannelLogoutUri,
    security_event_uri: client.securityEventUri,
    audiences: client.audiences,
    id_token_signed_response_alg: client.idTokenAlg,
    self_registered: client.dynamicallyRegistered,
  };
}
