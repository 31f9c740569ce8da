import { ProblemError, type ProblemPart } from './problem.ts';

/** What a schema of zod offers, so that sites may bring their own. */
export interface InputSchema<T> {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly issues: readonly InputIssue[] } };
}

interface InputIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** As large as a body may be where nothing else is said: 16 KiB. */
const MAX_BODY_BYTES = 16 * 1024;

interface BodyLimits {
  /** Default 16 KiB. What is larger is not read to its end. */
  readonly maxBytes?: number;
}

/**
 * The JSON body of a request, checked.
 *
 * @throws ProblemError 415 for another media type, 413 over `maxBytes`, 400 for what is no JSON, 422 with a pointer to each
 * member that is wrong.
 */
export async function readJsonBody<T>(
  request: Request,
  schema: InputSchema<T>,
  { maxBytes = MAX_BODY_BYTES }: BodyLimits = {},
): Promise<T> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    const detail = 'The body must be JSON: send it with content-type: application/json.';
    throw new ProblemError({ status: 415, error: 'unsupported_media_type', detail });
  }
  return check(parseJson(await readText(request, maxBytes)), schema, (path) => ({
    pointer: `#${path.map((step) => `/${escape(step)}`).join('')}`,
  }));
}

/**
 * The parameters of a request's address, checked. A parameter that stands twice is refused.
 *
 * @throws ProblemError 400 that names each parameter that is wrong.
 */
export function readParameters<T>({ url }: Pick<Request, 'url'>, schema: InputSchema<T>): T {
  const { searchParams } = new URL(url);
  const names = [...new Set(searchParams.keys())];
  const values = names.map((name) => {
    const all = searchParams.getAll(name);
    return [name, all.length === 1 ? all[0] : all] as const;
  });
  return check(
    Object.fromEntries(values),
    schema,
    ([name]) => (name === undefined ? {} : { parameter: String(name) }),
    400,
  );
}

function check<T>(
  value: unknown,
  schema: InputSchema<T>,
  place: (path: readonly PropertyKey[]) => Omit<ProblemPart, 'detail'>,
  status: 400 | 422 = 422,
): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ detail: message, ...place(path) }));
  const detail = 'Some of what was sent is not as it has to be; "errors" names each part.';
  throw new ProblemError({ status, error: 'invalid_input', detail, errors });
}

/** RFC 6901 §3. */
const escape = (step: PropertyKey) => String(step).replaceAll('~', '~0').replaceAll('/', '~1');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError({ status: 400, error: 'invalid_json', detail: 'The body is not JSON.' });
  }
}

/** Stops reading where the body becomes too large, whatever its `content-length` says. */
async function readText({ body }: Request, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let [text, size] = ['', 0];
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      const detail = `The body is larger than ${maxBytes} bytes.`;
      throw new ProblemError({ status: 413, error: 'body_too_large', detail });
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
