import { leastProcessorMilliseconds } from '@sso/auth/testing';
import { renderToStaticMarkup } from 'react-dom/server';
import { createElement } from 'react';
import { describe, expect, it } from 'vitest';
import { parseMarkup } from './parse-markup.ts';
import { PostBody } from './post-body.tsx';

const text = (value: string) => ({ type: 'text', text: value });
const html = (body: string) =>
  renderToStaticMarkup(createElement(PostBody, { body, shopUrl: 'https://shop.example' }));

describe('a post', () => {
  it('is paragraphs, headings, pull quotes and lists', () => {
    expect(parseMarkup('\nOne.\n\n## Two\n\n> Three\n\n- four\n- five\n')).toEqual([
      { type: 'paragraph', inlines: [text('One.')] },
      { type: 'heading', inlines: [text('Two')] },
      { type: 'quote', inlines: [text('Three')] },
      { type: 'list', items: [[text('four')], [text('five')]] },
    ]);
  });

  it('emphasises text and links to products of the shop', () => {
    expect(parseMarkup('Use a *dim* [red lamp](shop:red-headlamp), always.')[0]).toEqual({
      type: 'paragraph',
      inlines: [
        text('Use a '),
        { type: 'emphasis', text: 'dim' },
        text(' '),
        { type: 'product', text: 'red lamp', slug: 'red-headlamp' },
        text(', always.'),
      ],
    });
  });

  it.each([
    '[click](javascript:alert(1))',
    '[click](https://attacker.example)',
    '[click](shop:../../evil)',
    'an * alone, and [brackets] alone',
  ])('leaves %j as it is written', (words) => {
    expect(parseMarkup(words)).toEqual([{ type: 'paragraph', inlines: [text(words)] }]);
  });

  it('P-18 never becomes markup of the page', () => {
    expect(html('<script>alert(1)</script> *<b>*')).not.toMatch(/<(script|b)>/);
    expect(html('[lamp](shop:red-headlamp)')).toContain('href="https://shop.example/products/red-headlamp"');
  });

  it('X-16 reads 50 kB of brackets and stars for less than 500 ms of processor', async () => {
    const hostile = '[*'.repeat(25_000);
    expect(await leastProcessorMilliseconds(() => parseMarkup(hostile), { process })).toBeLessThan(500);
  });
});
