import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

interface Output {
  readonly isTTY?: boolean;
}

/**
 * Whether to colour what goes to `output`: https://no-color.org first, then FORCE_COLOR, then whether a person
 * watches.
 */
export function wantsColour(env: NodeJS.ProcessEnv, output: Output): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return output.isTTY === true && env['TERM'] !== 'dumb';
}

export function createPaint(colour: boolean): Paint {
  return (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
}
