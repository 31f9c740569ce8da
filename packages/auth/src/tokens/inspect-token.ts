import {
  type AuthErrorCode,
  type Check,
  isAuthError,
  noteChecks,
  type Note,
  type TokenContent,
  type TokenKind,
} from '../foundation/index.ts';
import { describeToken } from './describe-token.ts';

/** A token and the checks that it passed or failed. */
export interface TokenReport extends TokenContent {
  readonly token: TokenKind;
  readonly checks: readonly Check[];
  /** Of the refusal. */
  readonly code?: AuthErrorCode | undefined;
  /** Cause and fix. */
  readonly message?: string | undefined;
}

/** Takes a report, synchronously. */
export type ReportToken = (report: TokenReport) => void;

export interface ReportOptions {
  /** Gets each token that was looked at with the values that were compared. Default: nobody, and nothing is kept. */
  readonly report?: ReportToken | undefined;
}

export interface Inspected {
  readonly kind: TokenKind;
  readonly text: string;
  readonly algorithms: readonly string[];
  /** The accepted `typ`. */
  readonly types: readonly (string | undefined)[];
}

/** Runs the checks of one token, which note what they compare, and reports them where somebody wants to know. */
export function inspectToken<T>(
  { report }: ReportOptions,
  inspected: Inspected,
  run: (note: Note) => Promise<T>,
): Promise<T> {
  if (!report) return noteChecks(undefined, run);
  return noteChecks((claimChecks, error) => {
    const { kind: token, text } = inspected;
    const content = describeToken(text);
    const failure = isAuthError(error) ? { code: error.code, message: error.message } : {};
    const signed = signatureChecks(inspected, content, claimChecks.length > 0 ? undefined : failure.code);
    report({ token, ...content, checks: [...signed, ...claimChecks], ...failure });
  }, run);
}

/** What `verifyJws` checks, in its order, by the code that each of its refusals has. */
const steps: readonly AuthErrorCode[] = [
  'token_malformed',
  'token_type',
  'token_algorithm',
  'token_key_unknown',
  'token_signature',
];

/** @param failedWith of a refusal before any claim was looked at */
function signatureChecks(
  { kind, types, algorithms }: Inspected,
  { header }: TokenContent,
  failedWith: AuthErrorCode | undefined,
): readonly Check[] {
  const isProof = kind === 'dpop-proof';
  const failed = failedWith === undefined ? -1 : steps.indexOf(failedWith);
  const all = [
    { name: 'form', expected: 'a compact JWS', found: Object.keys(header).length > 0 ? 'a JWS' : 'another' },
    { name: 'typ', expected: types.map((type) => type ?? 'none'), found: header['typ'] },
    { name: 'alg', expected: [...algorithms], found: header['alg'] },
    isProof
      ? { name: 'kid', expected: 'none: the proof brings its own key', found: header['kid'] ?? 'none' }
      : { name: 'kid', expected: 'a key that the issuer publishes', found: header['kid'] },
    {
      name: 'signature',
      expected: 'by that key',
      found: failed === steps.length - 1 ? 'by another' : 'by it',
    },
  ];
  const last = failedWith === undefined ? all.length : failed + 1;
  return all.slice(0, last).map((one, at) => ({ ...one, passed: at !== failed }));
}
