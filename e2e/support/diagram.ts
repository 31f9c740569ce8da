import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestInfo } from '@playwright/test';
import type { StackInfo } from './shared-stack.ts';

const explorer = fileURLToPath(new URL('../../apps/explorer', import.meta.url));

/** `--diagram` of the `e2e` script: passing stories carry their diagram too, with every check in it. */
export const wantsDiagrams = process.env['DIAGRAM'] === 'on';

/**
 * Attaches what the sites did meanwhile to the report, as the explorer draws it: a page to open, and Mermaid. Steps of stories
 * that ran beside this one are in it as well. Nothing is attached where apps/explorer isn't there.
 */
export async function attachDiagram(testInfo: TestInfo, stack: StackInfo, from: number): Promise<void> {
  if (!existsSync(`${explorer}/src/draw-logs.ts`)) return;
  const { files, origins } = stack;
  const { idp, shop, blog } = files.logs;
  const html = testInfo.outputPath('diagram.html');
  const mermaid = testInfo.outputPath('diagram.mmd');
  const env = {
    PATH: process.env['PATH'],
    SITES: JSON.stringify(origins),
    ACCESS_LOG: files.accessLog,
    EVENT_LOGS: JSON.stringify({ idp, shop, blog }),
    PEOPLE_DATABASE: files.databases.idp,
    FROM: String(from),
    TO: String(Date.now()),
    HTML_FILE: html,
    MERMAID_FILE: mermaid,
  };
  await promisify(execFile)(process.execPath, ['src/draw-logs.ts'], { cwd: explorer, env });
  await testInfo.attach('diagram', { path: html, contentType: 'text/html' });
  await testInfo.attach('diagram (Mermaid)', { path: mermaid, contentType: 'text/plain' });
}
