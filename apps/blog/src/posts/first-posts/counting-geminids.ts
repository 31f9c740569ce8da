import type { NewPost } from '../new-post.ts';

export const countingGeminids: NewPost = {
  slug: 'counting-geminids',
  title: 'A night of counting Geminids',
  summary:
    'The best shower of the year needs no instrument, only warmth, a watch and an honest pencil. How a count becomes science.',
  topic: 'Meteors',
  publishedOn: '2026-11-20',
  mentions: ['wool-blanket', 'flask', 'red-headlamp', 'observing-log'],
  body: `
The Perseids have the warm nights and therefore the fame. The Geminids are better. They come in the middle of December, they are slow, bright and often yellowish, and they are up from early evening, so that children can see them. Their parent is an oddity: not a comet but a rocky body called Phaethon, found in 1983, which dives to well within the orbit of Mercury and is baked until it crumbles.

This year the circumstances are kind. The peak falls around the middle of the day on 14 December for Europe, so the nights before and after share it, and the Moon is a crescent of five days that is gone by mid-evening. After that the sky is as black as your site allows.

## Getting ready is most of it

You will lie still for hours under a winter sky, which is the coldest thing a person can do without going anywhere. The ground takes more warmth than the air: put a foam mat or a deckchair between you and it. Then dress as if it were fifteen degrees colder than the forecast, get into a sleeping bag, and pull a [wool blanket](shop:wool-blanket) over the top, because wool doesn’t mind the frost that will settle on it. A [flask](shop:flask) goes where the hand finds it in the dark.

Look about fifty degrees up, in whichever direction is darkest. Don’t look at the radiant, the point near Castor from which all Geminids seem to come. Meteors that appear close to it come nearly head-on and are short. The long ones are forty or fifty degrees away.

## How to count so that it counts

Watching is lovely. Counting is hardly more trouble, and it is one of the few things left in astronomy that anybody can do with no equipment and send in.

- Write down the start, in hours and minutes of Universal Time. Work in stretches of fifteen minutes, or an hour if you are hardy.
- For every meteor ask one question: does its path, drawn backwards, lead to Castor? Then it is a Geminid. If not, it is a stray. Make two columns.
- Guess its brightness by a star you know. Capella and Rigel are of magnitude 0, Castor is 1.6, the Pole Star 2.0.
- Subtract the time that you looked at the flask.
- At the beginning and the end, note the faintest star you can hold. This is worth more than all the rest.

> Subtract the time that you looked at the flask.

Don’t switch on anything white. A [red lamp](shop:red-headlamp) at its lowest and a pencil in the [log](shop:observing-log) will do, and with practice you write without a lamp at all: one stroke per meteor, thick for bright ones, big enough to read tomorrow.

## Where the 150 went

The calendars say that the Geminids bring up to 150 meteors an hour. You will count forty and feel cheated. You have not been.

That figure is the *zenithal hourly rate*. It is what one perfect observer would see under a perfect sky, with stars visible down to magnitude 6.5, and with the radiant straight overhead. Each of these conditions costs something.

If your faintest star is of magnitude 5.5, you lose the faint meteors, and there are many more faint ones than bright ones. For the Geminids every magnitude costs a factor of about 2.6. From 150 you are down to 58. In a town, at 4.5, to 22.

If the radiant is not overhead, the stream strikes your piece of atmosphere at a slant and is spread over more of it. The factor is the sine of the radiant’s height. At eight in the evening Castor stands some twenty-five degrees up and the sine is 0.4. At two in the morning, when it is at its highest, you get nearly everything. That is why those who stay win.

Turn it round and you have the science. From your count, your faintest star and the hour, anybody can work back to what the perfect observer would have seen. One such number means little. Hundreds of them, from everywhere on Earth, put together by the International Meteor Organization, draw the profile of a stream of dust that no spacecraft has ever mapped.

And if clouds come after twenty minutes, you have still lain in a field in December, with somebody next to you who said “oh”.
`,
};
