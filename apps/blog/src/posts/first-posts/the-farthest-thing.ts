import type { NewPost } from '../new-post.ts';

export const theFarthestThing: NewPost = {
  slug: 'the-farthest-thing-you-can-see',
  title: 'The farthest thing you can see',
  summary:
    'Two ways to the Andromeda Galaxy with no instrument at all, and what that faint smudge did to the size of the universe.',
  topic: 'Finding',
  publishedOn: '2026-10-23',
  mentions: ['planisphere', 'binoculars-10x50', 'observing-log'],
  body: `
On an autumn evening without a Moon, from a place where you can see the Milky Way, you can look at something two and a half million light-years away. You need no telescope. You need to know where to look, and you need to know what *not* to expect: it is not a spiral, it has no colour, and it does not look like the picture. It is a small, elongated breath of light. It is also the only thing outside our own galaxy that nearly everybody in the northern hemisphere can see with their own eyes.

## The way along the horse

High in the south stands the Great Square of Pegasus, four stars of about the same brightness with remarkably little inside. Its upper left corner is Alpheratz. From there a line of stars leads on to the left, away from the Square. Count two: the first, Delta, is a little fainter; the second, Mirach, is bright and slightly orange.

At Mirach turn right, by a right angle, up towards Cassiopeia. Again count two: Mu, then Nu, each fainter than the one before and about as far apart as two fingers held at arm’s length. Now stop. Just beside Nu, a little more than a degree away on the side of the Square, there is something that is not a star.

## The way along the throne

If you know the W of Cassiopeia better, take its sharper half, the V on the side of the Square. It is an arrowhead. Follow the direction of its point for about three times its own height, and you arrive at the same place. A [planisphere](shop:planisphere) set to the hour shows both ways at a glance, and has the advantage of not lighting up your face.

When you are there, look beside it. Let your eyes rest a fist to the side and wait. On the first night most people say “perhaps”. On the second they say “of course”.

> It is a small, elongated breath of light. It does not look like the picture.

## In binoculars

With a pair of [ten by fifties](shop:binoculars-10x50) the smudge grows into a long oval, bright and almost star-like in the middle, fading so gently outwards that it is hard to say where it ends. Move the binoculars a little and it gets longer. Under a dark sky you can follow it for two or three degrees, half of the field, which is four to six times the width of the full Moon.

Two small companions are with it. Messier 32 is a slightly woolly star south of the core. Messier 110 lies on the other side, larger and much fainter, and is a fine test for the night. Draw what you see in the [log](shop:observing-log), with the stars of the field first and the oval afterwards. It need not be art. You will be surprised how much longer the galaxy is when you try to decide where its edge belongs.

## What you are looking at

The Persian astronomer Abd al-Rahman al-Sufi wrote of it in the year 964 as a little cloud. For nine and a half centuries after him nobody knew better. Was it a nebula in the Milky Way, a new solar system coming together? Or was it a milky way of its own, unimaginably far off? As late as 1920 two respected astronomers debated the question in public, and neither could prove his case.

In October 1923 Edwin Hubble marked a star on a photographic plate taken on Mount Wilson. He had taken it for a nova and written an N beside it. Then he noticed that it had been brighter before, and fainter before that, crossed out the N and wrote “VAR!”. It was a Cepheid, a star whose rhythm gives away its true brightness, as Henrietta Leavitt had found eleven years earlier. Its faintness said how far away it had to be: far outside anything that had ever been called the universe.

Hubble’s figure was too small by more than half, since there turned out to be two kinds of such stars. But the door was open. That smudge is a trillion suns, and our own galaxy would look much like it from over there.

The light that you see tonight left when the first members of our genus were learning to strike one stone with another. It has been on its way ever since, through nothing, for two and a half million years, and the last thing that happens to it is that it is caught in your eye, a little to the side of the centre. Somebody ought to be there to meet it.
`,
};
