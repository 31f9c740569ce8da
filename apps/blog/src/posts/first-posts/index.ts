import type { NewPost } from '../new-post.ts';
import { countingGeminids } from './counting-geminids.ts';
import { dew } from './dew.ts';
import { drawingJupiter } from './drawing-jupiter.ts';
import { tenByFifty } from './ten-by-fifty.ts';
import { theFarthestThing } from './the-farthest-thing.ts';
import { theFirstHalfHour } from './the-first-half-hour.ts';
import { whyTheLightIsRed } from './why-the-light-is-red.ts';

/** What an empty blog starts with, the newest first. */
export const firstPosts: readonly NewPost[] = [
  drawingJupiter,
  countingGeminids,
  tenByFifty,
  dew,
  theFarthestThing,
  theFirstHalfHour,
  whyTheLightIsRed,
];
