import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { appList } from '@sso/domains';
import { expect, it } from 'vitest';

const tokens = readFileSync(createRequire(import.meta.url).resolve('@sso/ui/tokens.css'), 'utf8');

it.each(appList)('the accent of $title is the colour of the one list of apps', ({ name, color }) => {
  const [, rule = ''] = new RegExp(`html\\[data-site='${name}'\\] \\{([^}]*)\\}`).exec(tokens) ?? [];
  expect(rule).toContain(`--accent: ${color};`);
});
