import type { NewPost } from '../new-post.ts';

export const tenByFifty: NewPost = {
  slug: 'ten-by-fifty',
  title: 'Ten by fifty',
  summary:
    'A winter evening’s walk with plain binoculars: six stops, from the Pleiades to a cascade of stars.',
  topic: 'A tour',
  publishedOn: '2026-11-06',
  mentions: ['binoculars-10x50', 'tripod', 'star-atlas'],
  body: `
The numbers on a pair of binoculars say what they do. Ten is how many times nearer things look. Fifty is the width of each front lens in millimetres. Divide the second by the first and you get the width of the beam that leaves the eyepiece: five millimetres, which is about what a grown-up’s pupil takes in at night. So nothing is wasted, the field is wide, and two eyes see more than one, because the brain adds what each is unsure of.

[Ten by fifty](shop:binoculars-10x50) is the classical size for the sky because it is the largest that most people can hold up. Hold them by the *front* of the barrels, not by the eyepieces; press the eyecups against your brow; lean on a wall, or lie down. Better than all of it is a [tripod](shop:tripod). When the view stops trembling, stars come out that were there all the time.

Wait for an evening without the Moon, when Orion is well up in the south-east. Here is the walk.

## One: the Pleiades

Start high in the south with the little misty patch that most eyes split into six or seven stars. In the binoculars there are forty or fifty, blue-white, filling the middle of the field. They were born together about a hundred million years ago, when dinosaurs walked about, and the light you catch left them some 440 years ago. No telescope will ever show you the Pleiades this well: its field is too small.

## Two: the Hyades

A hand’s breadth to the east stands a V of stars with orange Aldebaran at one tip. The V is the nearest open cluster that deserves the name, 150 light-years away, and it fills the field almost to the edge. Aldebaran does not belong to it. It stands at 65 light-years, less than halfway, and just happens to be in the picture. Once you know that, the cluster drops back behind it like a stage set.

## Three: the sword of Orion

Below the three stars of the belt hang three fainter ones. The middle one is no star. Look beside it, not at it, and a grey-green glow unfolds with a bright knot at its heart: the Orion Nebula, 1,300 light-years away, where suns are being made while you watch. Stay for five minutes. With every minute the wings reach a little farther.

> No telescope will ever show you the Pleiades this well: its field is too small.

## Four: three smudges in Auriga

Almost overhead, find yellow Capella and the pentagon of Auriga that hangs from it. Along its lower half lie three open clusters, Messier 36, 37 and 38, two of them in one field. They are not alike. M36 is small and shows a few single stars. M38 is a pale, irregular spot. M37, just outside the pentagon, is the richest of the three, and yet it stays a smooth glow, because its stars are fainter. With the [atlas](shop:star-atlas) open at that page you can decide which is which before you look it up.

## Five: the Double Cluster

Between the W of Cassiopeia and the head of Perseus the eye sees a brighter fleck in the Milky Way. The binoculars make two out of it, side by side, each a heap of cold sparks. Both are about 7,500 light-years away, seventeen times as far as the Pleiades. If they were as near as those, they would stretch over nearly twenty degrees of sky, and their suns would be among the brightest in it.

## Six: Kemble’s Cascade

Now for the reward. From the Double Cluster sweep slowly east and a little north, some fifteen degrees into Camelopardalis, where the naked eye sees nothing at all, until a straight line of stars runs through the field: twenty or so, in a row, five times as long as the Moon is wide, with one brighter star in the middle. It points at a tiny cluster, NGC 1502, at its southern end. A Franciscan friar, Lucian Kemble, came upon it while sweeping with a small pair of binoculars and wrote of “a beautiful cascade of faint stars tumbling from the north-west”.

It is no cluster. The stars have nothing to do with each other; they stand in line for us alone. Everything you need in order to see it is hanging around your neck.
`,
};
