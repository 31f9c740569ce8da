import type { ReactNode } from 'react';
import { Field, Stars } from './field.tsx';
import { Andromeda, Dew, Geminids, Jupiter, LittleDipper, Pleiades, Pupil } from './drawings.tsx';

const drawings: Readonly<Record<string, ReactNode>> = {
  'why-the-light-is-red': <Pupil />,
  'the-first-half-hour': <LittleDipper />,
  'ten-by-fifty': <Pleiades />,
  'dew-is-a-matter-of-view': <Dew />,
  'the-farthest-thing-you-can-see': <Andromeda />,
  'counting-geminids': <Geminids />,
  'drawing-jupiter': <Jupiter />,
};

const emptyField = (
  <Stars
    stars={[
      [60, 70, 1.6],
      [130, 60, 2.2],
      [110, 130, 1.4],
      [70, 140, 1.8],
      [150, 120, 1.2],
    ]}
  />
);

/** The sketch of a post. A post without one of its own gets a plain field of stars. */
export function Sketch({ slug }: { readonly slug: string }) {
  return <Field>{Object.hasOwn(drawings, slug) ? drawings[slug] : emptyField}</Field>;
}
