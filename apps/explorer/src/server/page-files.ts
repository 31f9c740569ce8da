import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stylesheets } from '@sso/ui/stylesheets';
import { rolldown } from 'rolldown';

/** What a browser loads. */
export interface PageFiles {
  readonly document: string;
  readonly styles: string;
  /** Bundled when the first page asks for it, so that whoever doesn't look waits for nothing. */
  readonly script: () => Promise<string>;
  /** A document that holds everything, a saved diagram included, to be opened without a server. */
  readonly standalone: (diagram: string) => Promise<string>;
}

const page = (file: string) => fileURLToPath(new URL(`../page/${file}`, import.meta.url));

const documentWith = (head: string, body = '') => `<!doctype html>
<html lang="en" data-site="explorer">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Explorer · watch every sign-in as it happens</title>
<link rel="icon" href="data:,">
${head}
</head>
<body><div id="root"></div>${body}<noscript>The explorer draws with a script, which this browser does not run.</noscript></body>
</html>
`;

const served = documentWith(
  '<link rel="stylesheet" href="/explorer.css">\n<script type="module" src="/explorer.js"></script>',
);

export function createPageFiles(): PageFiles {
  const files = [...stylesheets, page('explorer.css')];
  const styles = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  let bundled: Promise<string> | undefined;
  const script = () => (bundled ??= bundle());
  return {
    document: served,
    styles,
    script,
    async standalone(diagram) {
      const data = `<script type="application/json" id="diagram">${withoutTags(diagram)}</script>`;
      const run = `<script type="module">${(await script()).replaceAll('</script', String.raw`<\/script`)}</script>`;
      return documentWith(`<style>${styles}</style>`, data + run);
    },
  };
}

/** JSON that can't end the element that it stands in. */
function withoutTags(json: string): string {
  return json.replaceAll('<', String.raw`\u003c`);
}

async function bundle(): Promise<string> {
  const build = await rolldown({
    input: page('main.tsx'),
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    logLevel: 'silent',
  });
  try {
    const { output } = await build.generate({ format: 'esm', minify: true });
    return output[0].code;
  } finally {
    await build.close();
  }
}
