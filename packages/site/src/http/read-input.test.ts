import { describe, expect, it } from 'vitest';
import { answerProblems, ProblemError } from './problem.ts';
import { type InputSchema, readJsonBody, readParameters } from './read-input.ts';

const anything: InputSchema<unknown> = { safeParse: (data) => ({ success: true, data }) };

/** A schema that finds this wrong, whatever it is given. */
const wrongAt = (...path: PropertyKey[]): InputSchema<never> => ({
  safeParse: () => ({ success: false, error: { issues: [{ path, message: 'is wrong' }] } }),
});

/** A stream is sent as it comes (`duplex`), which the types of RequestInit do not know. */
function post(body: BodyInit, type = 'application/json'): Request {
  const options = { method: 'POST', body, headers: { 'content-type': type }, duplex: 'half' };
  return new Request('https://site.example/api', options);
}

const answer = answerProblems(async (request: Request, schema: InputSchema<unknown>) =>
  Response.json(await readJsonBody(request, schema)),
);

describe('a JSON body', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])(
    'is read as %s',
    async (type) => {
      expect(await readJsonBody(post('{"a":"é"}', type), anything)).toEqual({ a: 'é' });
    },
  );

  it.each(['text/plain', 'application/jsonp', 'application/x-www-form-urlencoded', ''])(
    'A-07 is not read as %j',
    async (type) => {
      expect((await answer(post('{}', type), anything)).status).toBe(415);
    },
  );

  it('A-07 is given up where it becomes too large, whatever length it claims', async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(4096).fill(0x20));
      },
    });
    expect((await answer(post(endless), anything)).status).toBe(413);
    expect(pulled).toBeLessThan(10);
  });

  it('names what is wrong by a pointer (RFC 6901)', async () => {
    const response = await answer(post('{}'), wrongAt('lines', 0, 'a/b~c'));
    expect(response.status).toBe(422);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(await response.json()).toMatchObject({
      title: 'Unprocessable Content',
      errors: [{ pointer: '#/lines/0/a~1b~0c', detail: 'is wrong' }],
    });
  });
});

const read = (query: string, schema: InputSchema<unknown> = anything) =>
  readParameters({ url: `https://site.example/api${query}` }, schema);

describe('the parameters of an address', () => {
  it('are texts, and a list where one stands twice', () => {
    expect(read('?a=1&b=2&b=3')).toEqual({ a: '1', b: ['2', '3'] });
  });

  it('A-07 named by the framework’s own words change nothing of the object', () => {
    expect(Object.getPrototypeOf(read('?__proto__=x'))).toBe(Object.prototype);
  });

  it('are named where one is wrong', () => {
    expect(() => read('?limit=x', wrongAt('limit'))).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          status: 400,
          errors: [{ parameter: 'limit', detail: 'is wrong' }],
        }),
      }),
    );
  });
});

it('an error that is no problem goes on', async () => {
  const fail = answerProblems(async () => {
    throw new TypeError('a mistake');
  });
  await expect(fail()).rejects.toThrow('a mistake');
  await expect(
    answerProblems(async () => {
      throw new ProblemError({ status: 404, error: 'gone', detail: 'It is not there.' });
    })(),
  ).resolves.toMatchObject({ status: 404 });
});
