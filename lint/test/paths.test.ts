import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { filesNamed, isFolder, readTracked, trackedFiles } from './tracked.ts';

const documents = trackedFiles.filter((file) =>
  /^(docs|apps|packages|dev|e2e)\/.*\.md$|^[A-Z]+\.md$/.test(file),
);

/** A code span that can only mean a file or folder of this repository. */
const FILE = /^[\w./[\]-]+\.(tsx?|mjs|js|css|md)$|^Caddyfile$/;
const FOLDER = /^(apps|packages|docs|dev|e2e|lint)(\/[\w.[\]-]+)*\/?$/;

/** The files and folders that a document names and this repository doesn't have. */
function lostIn(document: string): readonly string[] {
  const text = readTracked(document).replaceAll(/^```[^]*?^```/gm, '');
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => join(dirname(document), link));
  const lostSpans = spans.filter((span) =>
    FILE.test(span) ? filesNamed(span).length === 0 : FOLDER.test(span) && !isFolder(span),
  );
  return [...lostSpans, ...links.filter((link) => !trackedFiles.includes(link) && !isFolder(link))];
}

describe('what documents name', () => {
  it.each(documents)('%s names files and folders that are here', (document) => {
    expect(lostIn(document)).toEqual([]);
  });
});
