import { readFile } from 'node:fs/promises';
import { messageOf } from '../foundation/error-message.ts';
import { parseJsonText } from '../foundation/json-text.ts';

/**
 * Reads one of the provider's JSON files and checks it.
 *
 * @throws Error that names the variable, the file and what is wrong with it.
 */
export async function readJsonFile<T>(
  variable: string,
  path: string,
  parse: (content: unknown) => T,
): Promise<T> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`${variable}: ${path} can't be read`, { cause });
  });
  const content = parseJson(variable, path, text);
  try {
    return parse(content);
  } catch (cause) {
    throw new Error(`${variable}: ${path} is not right:\n${messageOf(cause)}`, { cause });
  }
}

function parseJson(variable: string, path: string, text: string): unknown {
  try {
    return parseJsonText(text);
  } catch {
    // The parser's own message quotes the text, which may hold secrets.
    throw new Error(`${variable}: ${path} is not JSON`);
  }
}
