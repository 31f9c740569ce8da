import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { firstCatalogue } from '../catalogue/first-catalogue.ts';
import { Illustration } from './illustration.tsx';

const pictureOf = (slug: string) => renderToStaticMarkup(<Illustration slug={slug} />);
const emptySky = pictureOf('nothing');

describe('illustrations', () => {
  it.each(firstCatalogue.map(({ slug }) => slug))(
    '%s has one of its own, hidden from screen readers',
    (slug) => {
      expect(pictureOf(slug).length).toBeGreaterThan(emptySky.length);
      expect(pictureOf(slug)).toContain('aria-hidden="true"');
    },
  );

  it('X-15 a strange name gets the empty sky', () => {
    expect(pictureOf('constructor')).toBe(emptySky);
  });

  it('carry no style attribute, which the Content-Security-Policy would drop', () => {
    for (const { slug } of firstCatalogue) expect(pictureOf(slug)).not.toMatch(/\sstyle=/);
  });
});
