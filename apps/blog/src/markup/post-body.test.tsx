import { leastProcessorMilliseconds } from '@sso/auth/testing';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { firstPosts } from '../posts/first-posts/index.ts';
import { mentionsIn } from './markdown.ts';
import { findParsingCost } from './parsing-cost.ts';
import { PostBody } from './post-body.tsx';

const html = (body: string) =>
  renderToStaticMarkup(<PostBody body={body} shopUrl="https://shop.example" />)
    .replace(/^<div class="prose">/, '')
    .replace(/<\/div>$/, '');

describe('the text of a post', () => {
  it.each([
    ['paragraphs', 'One.\n\nTwo.', '<p>One.</p><p>Two.</p>'],
    ['a title, which is the second of the page', '# A', '<h2>A</h2>'],
    ['headings', '## A\n\n### B', '<h2>A</h2><h3>B</h3>'],
    ['a quote', '> A', '<blockquote><p>A</p></blockquote>'],
    ['a list', '- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['a counted list', '3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
    ['emphasis', '*a* **b** `c`', '<p><em>a</em> <strong>b</strong> <code class="code">c</code></p>'],
    [
      'a product',
      '[lamp](shop:red-headlamp)',
      '<p><a href="https://shop.example/products/red-headlamp">lamp</a></p>',
    ],
    [
      'a page of the web',
      '[a](https://b.example/?c=d)',
      '<p><a href="https://b.example/?c=d" rel="nofollow ugc noopener noreferrer">a</a></p>',
    ],
  ])('shows %s', (_what, body, expected) => {
    expect(html(body)).toBe(expected);
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['raw HTML in a line', 'a <b onclick="alert(1)">b</b>'],
    ['an image by HTML', '<img src=x onerror=alert(1)>'],
    ['an image from elsewhere', '![a view](https://b.example/pixel.png)'],
    ['an image by reference', '![a view][b]\n\n[b]: https://b.example/pixel.png'],
    ['javascript:', '[a](javascript:alert(1))'],
    ['javascript: in capitals and with a tab', '[a](<JaVa\tScRiPt:alert(1)>)'],
    ['javascript: in entities', '[a](&#106;avascript:alert(1))'],
    ['an autolink of javascript:', '<javascript:alert(1)>'],
    ['data:', '[a](data:text/html,<script>alert(1)</script>)'],
    ['vbscript:', '[a](vbscript:x)'],
    ['another site over http', '[a](http://b.example)'],
    ['an address with a name in front', '[a](https://bank.example@b.example)'],
    ['an address without a scheme', '[a](//b.example)'],
    ['a path of this site', '[a](/auth/logout)'],
    ['a product that is a path', '[a](shop:../../evil)'],
    ['a link by reference', '[a][b]\n\n[b]: javascript:alert(1)'],
    ['a title with a quotation mark', '[a](javascript:x "\\" onclick=alert(1)")'],
  ])('P-18 A-11 makes neither element nor address of %s', (_what, body) => {
    expect(html(body)).not.toMatch(/<(?!\/?(p|h2)>)/);
  });

  it('X-16 survives a thousand quotes within one another, and shows the words', () => {
    expect(html(`${'>'.repeat(1000)} deep`)).toContain('deep');
  });

  const hostile = [
    ['brackets and stars', '[*'.repeat(10_000)],
    ['quotes within one another', '>'.repeat(20_000)],
    ['lists within one another in one line', '+ '.repeat(10_000)],
    ['counted lists within one another in one line', '1. '.repeat(6600)],
    ['a list within lists, and many lines', `${'- '.repeat(500)}a\n${'b\n'.repeat(9000)}`],
    ['underlined headings', 'a\n=\n'.repeat(5000)],
    ['open links', '[a]('.repeat(5000)],
  ] as const;

  it.each(hostile)('X-16 is refused before it is parsed where it is %s', (_what, body) => {
    expect(findParsingCost(body)).toMatch(/^has /);
  });

  it.each([
    ['half as many brackets and stars', '[*'.repeat(700)],
    ['as many lines as one may write', 'a\n=\n'.repeat(499)],
    ['twelve quotes in each line', `${'>'.repeat(12)} a\n`.repeat(120)],
    ['backticks', Array.from({ length: 54 }, (_, index) => '`'.repeat(index)).join(' ')],
    [
      'lists within one another',
      Array.from({ length: 190 }, (_, index) => `${' '.repeat(index)}- a`).join('\n'),
    ],
    ['backslashes', '\\'.repeat(20_000)],
    ['hyphens', '- a\n'.repeat(999)],
  ])('X-16 of %s costs less than a second of processor', async (_what, body) => {
    expect(findParsingCost(body)).toBeUndefined();
    expect(await leastProcessorMilliseconds(() => html(body), { process })).toBeLessThan(1000);
  });

  it.each(firstPosts.map(({ slug, body }) => [slug, body] as const))('takes all of %s', (_slug, body) => {
    expect(findParsingCost(body)).toBeUndefined();
  });
});

describe('the products that a text mentions', () => {
  it('are its links to the shop, each once', () => {
    expect(
      mentionsIn('> [a](shop:flask)\n\n- [b](shop:red-headlamp)\n- [c](shop:flask) [d](https://shop:flask)'),
    ).toEqual(['flask', 'red-headlamp']);
  });

  it.each(firstPosts.map((post) => [post.slug, post] as const))('are known to be in %s', (_slug, post) => {
    expect(new Set(post.mentions)).toEqual(new Set(mentionsIn(post.body)));
  });
});
