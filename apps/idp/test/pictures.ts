const bytesOf = (text: string) => Buffer.from(text, 'latin1');

/** A whole PNG: one transparent dot. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** How the other pictures that browsers show begin. */
export const JPEG = bytesOf('\xff\xd8\xff\xe0\x00\x10JFIF');
export const WEBP = bytesOf('RIFF\x24\x00\x00\x00WEBPVP8 ');
export const GIF = bytesOf('GIF89a\x01\x00\x01\x00');
