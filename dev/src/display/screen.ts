import { stripVTControlCharacters } from 'node:util';
import { apps, explorer } from '@sso/domains';
import { redact } from '../caddy/secret-parameters.ts';
import type { StackEvent, ServiceName } from '../stack/events.ts';
import type { Paint, Style } from '../terminal/paint.ts';

const styles: Readonly<Record<ServiceName, Style>> = {
  caddy: 'gray',
  idp: 'blue',
  shop: 'yellow',
  blog: 'green',
  explorer: 'gray',
};

const titles: Readonly<Record<ServiceName, string>> = {
  caddy: 'Caddy',
  idp: apps.idp.title,
  shop: apps.shop.title,
  blog: apps.blog.title,
  explorer: explorer.title,
};

const TITLE_WIDTH = Math.max(...Object.values(titles).map(({ length }) => length));
/** What is worth showing of an app that is only just starting; the rest is in its log. ⨯ alone also marks a setting. */
const trouble = /warn|error|⚠|⨯ \S+ \S|✗/i;
/** Our own questions whether an app is up. */
const probe = /\bGET \/healthz\b/;

interface ScreenOptions {
  readonly paint: Paint;
  readonly print: (text: string) => void;
}

/** Shows what happens in a stack: a line of progress per service, then what each prints, prefixed. */
export function createScreen({ paint, print }: ScreenOptions): (event: StackEvent) => void {
  const ready = new Set<ServiceName>();
  return (event) => {
    switch (event.type) {
      case 'service.ready': {
        const seconds = (event.milliseconds / 1000).toFixed(1);
        if (!ready.has(event.name)) {
          print(
            `  ${paint('green', '✓')} ${titles[event.name].padEnd(TITLE_WIDTH)}  ${paint('dim', `${seconds} s`)}`,
          );
        }
        ready.add(event.name);
        return;
      }
      case 'service.line':
        if (isWorthShowing(event.line, ready.has(event.name))) print(prefixed(event.name, event.line, paint));
        return;
      case 'service.died':
        return;
      default:
        event satisfies never;
    }
  };
}

/** Details of what was compared: they are for the log that a program reads. */
const detail =
  /"type":"(?:token\.checked|callback\.checked|cookies\.handled|request\.detailed|bearer\.accepted)"/;

function isWorthShowing(line: string, isReady: boolean): boolean {
  const text = stripVTControlCharacters(line).trim();
  if (detail.test(text)) return false;
  return text !== '' && !probe.test(text) && (isReady || trouble.test(text));
}

/** `next dev` prints each request with its query, codes and states included (SECURITY G19): they are taken out. */
export function prefixed(name: ServiceName, line: string, paint: Paint): string {
  return `${paint(styles[name], `${name.padEnd(5)} │`)} ${redact(line)}`;
}
