import type { NewPost } from '../new-post.ts';

export const whyTheLightIsRed: NewPost = {
  slug: 'why-the-light-is-red',
  title: 'Why the light is red',
  summary: 'Half an hour of patience goes into a dark-adapted eye. One second of white light takes it back.',
  topic: 'The eye',
  publishedOn: '2026-10-02',
  mentions: ['red-headlamp', 'star-atlas', 'observing-log'],
  body: `
Walk out of a lit kitchen and the sky is a black ceiling with a few dozen nails in it. Wait ten minutes and there are hundreds. Wait thirty, and if the place is any good the Milky Way has come out between them like breath on glass. Nothing up there has changed. You have.

Two things happen in the eye. The quick one is the pupil, which opens in seconds from two or three millimetres to five, six or seven, depending mostly on your age. That is worth a factor of five or so in light, and it is the smaller part. The slow one is chemistry.

## A pigment that has to grow back

Your retina carries two kinds of receptors. The cones work by day, see colour and fine detail, and crowd into the very centre of vision. The rods work by night. There are about twenty times as many of them, they see no colour at all, and they are filled with a pigment called rhodopsin. Light breaks it; darkness lets it be built again. The building takes time: half of what was lost is back after about five minutes, half of the rest after five more.

Followed over an evening, your sensitivity climbs in two steps. In the first eight or ten minutes the cones do what they can and then stop. Then the rods overtake them, and the curve goes on rising, steeply at first, for another twenty minutes, with a long tail after that. At the end you see light some ten thousand times fainter than you did when you closed the kitchen door.

> Nothing up there has changed. You have.

Now somebody looks at a phone.

## What red does, and what it doesn’t

Rods answer best to blue-green light, at a wavelength of about 500 nanometres. Towards the red their interest collapses: at 635 nanometres they respond to a few thousandths of what they would at their best. The cones fall off more slowly and still see that red quite well. So there is a window at the red end of the spectrum in which you can read a chart with your cones while the rods hardly notice that anything is lit. That is the whole trick, and it is why cockpits, submarines and observatories have used it.

But hardly is not never. *Bright* red light bleaches rhodopsin too, and a red bicycle lamp in the face will cost you ten minutes. The colour buys you a margin; how dim the light is decides whether you keep it. A good lamp for observing is one you are tempted to call broken, and the [headlamp we use](shop:red-headlamp) goes down so far that you have to cup it in your hands to see whether it is on.

There is a test for that. Put the lamp at its lowest, hold a page at arm’s length, and turn it up until you can *just* read. Then turn it down a little. Your eyes will meet it halfway within a minute.

## Charts that survive it

Red light has a consequence that every beginner discovers once: red ink vanishes. Under a red lamp, white paper and red print send the same light back to you, and the galaxies your atlas had marked in a helpful crimson are gone. This is why [charts made for the field](shop:star-atlas) are printed in black and greys, and why notes for the night are best kept in soft pencil. Cream paper in the [log](shop:observing-log) glares less than white.

Phones are the other discovery. Their red mode tints the picture, but the backlight behind it leaks, and even black pixels of many screens glow. If you must use one, turn the brightness all the way down and put red film over the glass. Better: look everything up beforehand, and write it on paper.

## Three habits

- Check tomorrow’s lamp tonight. The white mode that you never use is one click away from the red one that you do.
- Close one eye whenever light is unavoidable. Adaptation happens in each eye separately, and the one you kept shut has lost nothing.
- Turn away before you speak to somebody who wears a lamp. They will turn towards you.

Then sit down and give it the half hour. It is the only upgrade of your telescope that costs nothing, and nothing you can buy will replace it.
`,
};
