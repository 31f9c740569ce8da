import type { NewPost } from '../new-post.ts';

/** Still a draft: editors see it, nobody else. */
export const drawingJupiter: NewPost = {
  slug: 'drawing-jupiter',
  title: 'Drawing Jupiter before it turns away',
  summary:
    'A planet that spins in ten hours gives you a quarter of one. How to get it on paper, and why you should.',
  topic: 'The eye',
  mentions: ['observing-log', 'observing-chair'],
  body: `
No photograph that you take of Jupiter will be as good as those that are already there. A drawing is another matter. It is not a worse photograph. It is a record of what one eye was able to hold, and it makes that eye better while it is made.

## Ten hours, so fifteen minutes

Jupiter is eleven times as wide as the Earth and turns once in less than ten hours. A spot that stands in the middle of the disc is visibly to one side of it a quarter of an hour later. So there is a rule: the positions of everything must be on paper within ten to fifteen minutes. Shading can come afterwards.

Start from a disc that has been prepared. The planet is flattened by a fifteenth, which sounds like nothing and is seen at once if you leave it out. The ellipses in the back of the [log](shop:observing-log) have the right shape. Write the time in UT before you draw the first line, and again when the last feature is placed.

> It is not a worse photograph. It is a record of what one eye was able to hold.

## The order of things

First the two dark belts on either side of the equator. Their distance from the edge, their width, which of the two is darker. Then whatever breaks them: a notch, a bulge, a bluish festoon that hangs into the bright equatorial zone. Then the Great Red Spot, if it is on this side. In most years it is not red but the colour of a brick seen through milk, and often you notice the hollow around it before the spot itself. Then the shaded polar regions. Last, any moon or the shadow of a moon. A shadow is the blackest thing that you will ever see in an eyepiece.

Only now look up and shade. Keep the contrast lower than you want to. Everybody’s first Jupiter looks like a zebra.

## Wait for the good second

The air is rarely still, but it is rarely unquiet all the time. There are moments, a second long, sometimes three, when the disc snaps into sharpness and shows twice as much as before. The work consists of waiting for those and believing only them. It can’t be done standing bent over. On a [chair](shop:observing-chair) at the right height you can wait for twenty minutes without noticing that you wait.

Use less magnification than you think: 150 to 200 times is plenty for most telescopes, and a smaller, sharper disc shows more than a large, soft one. Don’t dark-adapt for it either. Jupiter is bright, the cones do the work, and a little white light on the paper keeps your colour vision awake. It is the one subject for which I leave the red lamp at home.

## What a drawing is for

After a month, put them side by side. The belts will have changed. One of them may have doubled, faded, or thrown off a chain of spots, as the southern one has done every few years for as long as people have looked. You will not have read about it. You will have seen it.

*To do before this goes out: add the three sketches from October, check the figures for this season’s opposition with Mira, and ask whether anybody else sees the north belt as the darker of the two.*
`,
};
