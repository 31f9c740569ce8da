import type { ReactNode } from 'react';
import { Atlas, ObservingLog, Planisphere } from './charts.tsx';
import { Blanket, Chair, Flask } from './comfort.tsx';
import { Binoculars, DewShield, Headlamp, Tripod } from './optics.tsx';
import { Plate } from './plate.tsx';

const drawings: Readonly<Record<string, ReactNode>> = {
  'red-headlamp': <Headlamp />,
  'binoculars-10x50': <Binoculars />,
  'star-atlas': <Atlas />,
  planisphere: <Planisphere />,
  'observing-chair': <Chair />,
  'wool-blanket': <Blanket />,
  'dew-shield': <DewShield />,
  tripod: <Tripod />,
  flask: <Flask />,
  'observing-log': <ObservingLog />,
};

/** The picture of a product. A product without one of its own gets an empty night sky. */
export function Illustration({ slug }: { readonly slug: string }) {
  return <Plate>{Object.hasOwn(drawings, slug) && drawings[slug]}</Plate>;
}
