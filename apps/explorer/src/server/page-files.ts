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
}

const page = (file: string) => fileURLToPath(new URL(`../page/${file}`, import.meta.url));

const document = `<!doctype html>
<html lang="en" data-site="explorer">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Explorer · watch every sign-in as it happens</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/explorer.css">
<script type="module" src="/explorer.js"></script>
</head>
<body><div id="root"></div><noscript>The explorer draws with a script, which this browser does not run.</noscript></body>
</html>
`;

export function createPageFiles(): PageFiles {
  const files = [...stylesheets, page('explorer.css')];
  let script: Promise<string> | undefined;
  return {
    document,
    styles: files.map((file) => readFileSync(file, 'utf8')).join('\n'),
    script: () => (script ??= bundle()),
  };
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
