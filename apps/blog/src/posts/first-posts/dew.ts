import type { NewPost } from '../new-post.ts';

export const dew: NewPost = {
  slug: 'dew-is-a-matter-of-view',
  title: 'Dew is a matter of view',
  summary:
    'Why your telescope gets wet under a perfectly clear sky, and what holds the water off for two more hours.',
  topic: 'Weather',
  publishedOn: '2026-10-30',
  mentions: ['dew-shield', 'flask', 'wool-blanket'],
  body: `
It never rains on a clear night, and yet at eleven the chart is limp, the grass soaks your shoes, and the stars in the eyepiece have grown soft halos. Somebody says that the dew has *fallen*. It has not. Nothing fell. Your telescope pulled the water out of the air by itself, by looking at the sky.

## Colder than the air

Every surface radiates heat, and every surface receives it from whatever it faces. A wall faces other walls that are about as warm as it is, and breaks even. A lens that faces a clear night sky does not. In the part of the infrared that matters, dry air is nearly transparent, and behind it is the cold of space: a clear sky radiates at your glass as though it were a ceiling at forty or fifty degrees below zero. The glass sends out far more than it gets back, and cools, until the air around it feeds in enough heat to make up for it. On a still night that balance is reached several degrees *below* the temperature of the air.

Now the other half. Air at five degrees with a relative humidity of 85 per cent holds as much water as air at less than three degrees could hold at most. That is its dew point. A rule for the field: the dew point lies one degree below the air for every five per cent that are missing to a hundred. Fifteen per cent missing, three degrees. If your corrector plate is four degrees colder than the air, it is already beyond that line, and every molecule of water that touches it stays.

> Nothing fell. Your telescope pulled the water out of the air, by looking at the sky.

So it is not the cold that does it, and it is not the damp alone. It is how much sky the glass can see.

## Show it less sky

That is why a simple tube in front of the lens works. A [dew shield](shop:dew-shield) hides the sky near the horizon and most of it up to the steep angles, and puts in its place a foam wall that is nearly at air temperature. The glass still sees the part that you observe, but no longer all the rest. It cools more slowly, and it may stay above the line for two more hours, or the whole night.

How long should it be? Longer is better, up to a point: from one and a half times the aperture on you gain little more and begin to catch the wind. The inside should be dull and black, which also keeps the neighbour’s lamp out. Refractors have it built in. A Newtonian’s main mirror, at the bottom of its tube, lives inside its own shield, and only the small secondary suffers. The corrector plate of a Schmidt-Cassegrain, right at the front, is the worst placed piece of glass in astronomy.

When a shield is no longer enough, warmth is. A strip of heating wire needs only a few watts: the aim is to keep the glass one degree above the dew point, not to warm it. More makes the air in front of it shimmer and costs you the sharpness that you wanted to keep.

## What not to do

Don’t wipe. Dew on its own is clean water, and it dries without a trace. What wiping rubs across the coating is the dust under it. Point the tube at the ground, put the cap on, and let a hair dryer or simple patience do the work.

Don’t carry a cold telescope into a warm kitchen with its lens open. Indoor air has a dew point of ten degrees or so, and everything you own will be drenched in seconds, this time on the inside as well. Cap it outdoors, in its case, and open it the next day.

And choose your spot. Cold air is heavy and runs downhill at night like slow water, so the pretty meadow by the stream is the wettest place for miles. Ten metres up the slope it can be three degrees warmer and dry. A breath of wind helps too, since it feeds heat back to the glass: the clearest sign of a dewy night is smoke that rises straight up.

The same physics is at work on *you*. A person in a field faces the same cold ceiling, and it does not matter how warm the day was. Wear a hat. Put the [blanket](shop:wool-blanket) over your shoulders, where your view of the sky is, before you need it, and keep the [flask](shop:flask) where you can reach it without standing up.
`,
};
