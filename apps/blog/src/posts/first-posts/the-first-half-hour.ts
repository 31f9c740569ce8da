import type { NewPost } from '../new-post.ts';

export const theFirstHalfHour: NewPost = {
  slug: 'the-first-half-hour',
  title: 'What to do with the first half hour',
  summary:
    'Your eyes need thirty minutes. Here is how to spend them: measuring the sky with nothing but the Little Dipper.',
  topic: 'Practice',
  publishedOn: '2026-10-16',
  mentions: ['observing-chair', 'planisphere', 'wool-blanket'],
  body: `
The tube has to cool and so do you. For the first half hour of any night nothing that you see through an eyepiece is as good as it will be later, so don’t look through one. There is something better to do with the time: find out what kind of night it is.

## How dark: four stars that tell

From northern latitudes one constellation never sets, is always the same height, and contains a star for nearly every degree of darkness. It is the Little Dipper. Polaris at the end of the handle is of magnitude 2.0, and Kochab, the brightest star of the bowl, is 2.1; anybody sees these two. Pherkad beside Kochab is 3.0. If that is where it ends, you are under town light.

The two other corners of the bowl are the instrument. Zeta is 4.3. If you hold it steadily you have a suburban sky in which open clusters and planets are fine and galaxies are not. Eta, the fourth corner, is 5.0, and on the night you first see it without effort you have found a place worth driving to. Between the bowl and Polaris two more, Delta and Epsilon, sit near 4.3 and confirm the reading.

Write the number down. Not because anyone will ask, but because in a year you will know which of your sites is the dark one, how much the Moon really costs, and that the night you remember as the best was, by your own hand, a 5.2.

## How clear, how steady

Darkness is only one of three things, and the three don’t go together.

*Transparency* is how much of the light gets through. Look at a bright star low over the horizon. If it is nearly as bright as its brothers overhead, the air is clean: go for the faint and the large, nebulae and galaxies. Haze costs those first.

*Seeing* is how still the air is. Look at the same star again. If it flashes through all colours like a police car, leave the planets for another night; the image in the telescope will boil. If the stars overhead burn without a flicker, put the highest power in that you own. The best seeing often comes in slightly misty air, when the transparency is poor. After a cold front it is the other way round: black, brilliant, and shaking.

> Dark, clear and steady are three different things. Two of three is a good night.

## Learn to look beside it

The exact centre of your vision, a little over one degree of it, holds no rods at all. A faint thing that you look straight at falls into that hole and is gone. Look beside it and it comes back.

How far beside? The rods stand closest some eighteen degrees from the centre, but fine detail gets lost out there. Between eight and sixteen degrees is a good compromise, and the direction matters: towards the ear you run into the blind spot, where the nerve leaves the eye. So place the thing towards your *nose*, or above the point that you look at. Try it now, with one of the fainter stars of the bowl: stare at it and it fades; look half a fist towards the side and it is there.

And move a little. The night eye is a movement detector that was built for things creeping through grass. Tapping the tube of a telescope makes galaxies appear that were not there when it stood still.

## Sit down

Everything above goes better on a seat. A neck that is bent and a back that is cold make small tremors, and small tremors eat faint light. Experienced observers say that a [chair of the right height](shop:observing-chair) adds an inch of aperture. It is hard to put a figure on it, but try one object standing, then sitting, and count the details you can hold.

Turn the [planisphere](shop:planisphere) to the hour while there is still light in the west, and choose three things for the night. Three, not thirty. Put the [blanket](shop:wool-blanket) over your knees *before* you are cold, since warmth is easier to keep than to get back.

By then half an hour is gone, and somewhere in the middle of it, while you were looking at a fourth-magnitude star beside your nose, the sky has filled up. Now take the cap off.
`,
};
