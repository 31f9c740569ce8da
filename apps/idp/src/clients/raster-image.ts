/** The formats of logos: pictures that can hold neither script nor addresses, as SVG can. */
export const RASTER_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;
export type RasterType = (typeof RASTER_TYPES)[number];

const PNG = '\x89PNG\r\n\x1a\n';
const JPEG = /^\xff\xd8\xff/;
const WEBP = /^RIFF[^]{4}WEBPVP8[ LX]/;
const GIF = /^GIF8[79]a/;

/** The format that the first bytes say, whatever a server calls it. Undefined for anything that is no such picture. */
export function rasterTypeOf(bytes: Uint8Array): RasterType | undefined {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (start.startsWith(PNG)) return 'image/png';
  if (JPEG.test(start)) return 'image/jpeg';
  if (WEBP.test(start)) return 'image/webp';
  return GIF.test(start) ? 'image/gif' : undefined;
}
