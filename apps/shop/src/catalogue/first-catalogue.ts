interface CatalogueEntry {
  readonly slug: string;
  readonly name: string;
  readonly kind: string;
  readonly summary: string;
  readonly description: readonly string[];
  readonly specs: readonly (readonly [string, string])[];
  readonly priceCents: number;
  readonly memberPriceCents: number;
  readonly stock: number;
}

/** What an empty shop starts with. Written into the database once; from then on the database is the truth. */
export const firstCatalogue: readonly CatalogueEntry[] = [
  {
    slug: 'red-headlamp',
    name: 'Ember red headlamp',
    kind: 'Light',
    summary: 'Deep red, dimmable almost to nothing, and it never flashes white by accident.',
    description: [
      'Most “night vision” lamps start in white and make you click through it. Ember has no white LED at all. One dial, no modes: it comes on at its dimmest and goes up as far as you turn it.',
      'The LED peaks at 635 nm, where the rods of the eye hardly respond, and the lowest step is just enough to read a chart held at arm’s length. The strap is washable wool, because elastic goes hard at minus ten.',
    ],
    specs: [
      ['Wavelength', '635 nm, no white LED'],
      ['Brightness', '0.1 to 30 lumens, one dial'],
      ['Battery', '1 × AA, 120 h at reading level'],
      ['Weight', '68 g with battery'],
    ],
    priceCents: 4900,
    memberPriceCents: 3900,
    stock: 23,
  },
  {
    slug: 'binoculars-10x50',
    name: 'Tarn 10×50 binoculars',
    kind: 'Optics',
    summary: 'The first instrument, and the one you will still carry in twenty years.',
    description: [
      'Ten times, fifty millimetres: as much light as a pair of hands can hold still. In Tarn the Milky Way breaks into grains, the Andromeda Galaxy shows its length, and the four large moons of Jupiter line up beside it.',
      'BaK-4 prisms, every air-to-glass surface fully multi-coated, and eyecups that twist down far enough for spectacles. The right eyepiece has a scale, so you set it once and find it again in the dark.',
    ],
    specs: [
      ['Exit pupil', '5 mm'],
      ['True field', '6.5°'],
      ['Eye relief', '18 mm, good with spectacles'],
      ['Weight', '860 g'],
    ],
    priceCents: 18900,
    memberPriceCents: 15900,
    stock: 8,
  },
  {
    slug: 'star-atlas',
    name: 'The Field Star Atlas',
    kind: 'Charts',
    summary: 'Thirty charts to magnitude 7.5 that lie flat and read well in red light.',
    description: [
      'A screen shows you where to look. An atlas shows you what is next to it. Thirty double-page charts cover the whole sky, with 1,100 clusters, nebulae and galaxies that a small telescope can really show.',
      'Under red light, red ink disappears; so there is none. Everything is black, three greys and one blue. The paper sheds dew, and the spiral lets the book fold right back on itself.',
    ],
    specs: [
      ['Stars', '27,000, to magnitude 7.5'],
      ['Scale', '1 cm to 1°'],
      ['Size', '30 × 23 cm, spiral bound'],
      ['Epoch', '2000.0'],
    ],
    priceCents: 3800,
    memberPriceCents: 3200,
    stock: 41,
  },
  {
    slug: 'planisphere',
    name: 'Planisphere, 50° north',
    kind: 'Charts',
    summary: 'Turn the date to the hour and the sky above you is in the window.',
    description: [
      'No battery, no signal, no lag. The disc carries the brighter stars and the Milky Way, the window is your horizon, and two scales on the rim do all the computing there is.',
      'Cut for latitude 50°, and honest from about 45° to 55°. The back explains how to allow for summer time and for living at the edge of your time zone, which is where most of the “it’s wrong” comes from.',
    ],
    specs: [
      ['Latitude', '45° to 55° north'],
      ['Diameter', '25 cm'],
      ['Material', 'Polypropylene, matt both sides'],
      ['Stars', 'to magnitude 4.5'],
    ],
    priceCents: 1900,
    memberPriceCents: 1500,
    stock: 64,
  },
  {
    slug: 'observing-chair',
    name: 'Heron observing chair',
    kind: 'Comfort',
    summary: 'A seated eye sees more. Any height from 25 to 80 cm, without a tool.',
    description: [
      'Standing on tiptoe at an eyepiece, you see what you expect to see. Sit down, breathe out, and a minute later the dust lane is there. No accessory gains more for less.',
      'Oiled ash with a seat that grips by its own weight: lift the front edge and it slides, sit and it locks. It folds flat to nine centimetres and hangs on a nail.',
    ],
    specs: [
      ['Seat height', '25 to 80 cm, stepless'],
      ['Load', '130 kg'],
      ['Folded', '108 × 42 × 9 cm'],
      ['Weight', '5.9 kg'],
    ],
    priceCents: 14500,
    memberPriceCents: 11900,
    stock: 4,
  },
  {
    slug: 'dew-shield',
    name: 'Dew shield for 8-inch',
    kind: 'Optics',
    summary: 'Two more hours before the corrector fogs, and stray light stays out.',
    description: [
      'A corrector plate stares at a sky that may be fifty degrees colder than the air, cools below the dew point and fogs. A tube of foam in front of it narrows that stare. It is the cheapest two hours you can buy.',
      'Length is one and a half times the aperture, which is where the gain levels off. It rolls flat, has a notch for the dovetail, and the inside is flocked rather than painted.',
    ],
    specs: [
      ['Fits', 'Tubes of 225 to 240 mm'],
      ['Length', '300 mm'],
      ['Inside', 'Flocked, matt black'],
      ['Weight', '210 g'],
    ],
    priceCents: 2900,
    memberPriceCents: 2400,
    stock: 17,
  },
  {
    slug: 'tripod',
    name: 'Cairn tripod with L-adapter',
    kind: 'Support',
    summary: 'Binoculars that stand still show more stars. This one comes up to your eyes.',
    description: [
      'Hand-held, every heartbeat moves the stars. On Cairn they stand still, and the faint ones between them come out. The centre column is long on purpose: looking up, you need the eyepieces above your chin, not at it.',
      'Ash legs damp a knock in under a second, about a third of what thin aluminium takes. The L-adapter fits any binocular with a hinge thread.',
    ],
    specs: [
      ['Height', '62 to 188 cm'],
      ['Load', '6 kg'],
      ['Legs', 'Ash, two sections'],
      ['Weight', '3.1 kg with head'],
    ],
    priceCents: 12800,
    memberPriceCents: 10800,
    stock: 6,
  },
  {
    slug: 'flask',
    name: 'Long-watch flask',
    kind: 'Comfort',
    summary: 'Hot at midnight, still warm at the return of Orion, and it opens without a click.',
    description: [
      'Three quarters of a litre of tea is about one person from dusk until the Moon rises. The lid turns in gloves, pours with one hand and does not ring against the tripod, because its cup is beech.',
      'It stands on a rubber foot that grips a wet roof. We have dropped it from an observing ladder. Twice.',
    ],
    specs: [
      ['Volume', '0.75 l'],
      ['Keeps hot', '70 °C after 8 h at 0 °C'],
      ['Steel', '18/8, double wall'],
      ['Weight', '430 g'],
    ],
    priceCents: 3400,
    memberPriceCents: 2800,
    stock: 29,
  },
  {
    slug: 'observing-log',
    name: 'Observing log',
    kind: 'Charts',
    summary: 'Date, seeing, a circle to draw in. In a year it is your best book.',
    description: [
      'You see what you try to draw. Each spread has a 60 mm circle for the eyepiece view, four lines for the conditions, and enough room for the sentence you will be glad of later.',
      'Cream paper, because white glares even in red light. Sewn, so that it opens flat, with a pencil that fits the spine.',
    ],
    specs: [
      ['Pages', '160, numbered'],
      ['Circles', '60 mm, 150 of them'],
      ['Paper', '120 g, cream, takes pencil'],
      ['Size', 'A5, sewn'],
    ],
    priceCents: 1600,
    memberPriceCents: 1200,
    stock: 0,
  },
  {
    slug: 'wool-blanket',
    name: 'Fell wool blanket',
    kind: 'Comfort',
    summary: 'For meteors: warm when damp, quiet, and long enough to lie on and under.',
    description: [
      'A clear sky radiates your warmth away, and August nights in a field are colder than you remember. Wool goes on insulating when the dew comes, and it does not rustle when everybody is listening for the next “oh”.',
      'Woven from undyed Herdwick yarn in a narrow herringbone. One corner carries a loop, so it dries on the tripod in the morning.',
    ],
    specs: [
      ['Size', '220 × 150 cm'],
      ['Weight', '1.4 kg'],
      ['Wool', 'Herdwick, undyed'],
      ['Care', 'Air it. Wash rarely, cold'],
    ],
    priceCents: 9600,
    memberPriceCents: 8200,
    stock: 12,
  },
];
