// SPDX-License-Identifier: MIT
'use strict';

/**
 * The grammar of image URLs. A path is percent-decoded exactly once and then read:
 *
 *     /{W}x{H}/{key}           cover
 *     /fit-in/{W}x{H}/{key}    inside
 *     /cover/{W}x{H}/{key}     cover
 *     /contain/{W}x{H}/{key}   contain
 *     /{key}                   the object itself
 *
 * A first segment that has the shape of a size is always one, never part of a key. What follows it is the
 * key, whatever it looks like, so an object whose own key begins with a size is reached behind a size of the
 * URL. Of the spellings of a path one is canonical; the others are redirected to it.
 */

const MAX_DIMENSION = 4096;
/** "Creating object key names" in the S3 user guide: at most 1,024 bytes of UTF-8. */
const MAX_KEY_BYTES = 1024;

const DEFAULT_FIT = 'cover';
const FIT_BY_PREFIX = new Map([
  ['fit-in', 'inside'],
  ['cover', 'cover'],
  ['contain', 'contain'],
]);
const FITS = new Set(FIT_BY_PREFIX.values());

const SIZE_SHAPE = /^\d+x\d+$/;
// No leading zeros: each size has one spelling, so one image is not cached under many URLs.
const SIZE = /^([1-9]\d{0,3})x([1-9]\d{0,3})$/;
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

function parseSize(text) {
  const match = SIZE.exec(text);
  if (!match) {
    return undefined;
  }
  const [width, height] = [Number(match[1]), Number(match[2])];
  return width <= MAX_DIMENSION && height <= MAX_DIMENSION ? { width, height } : undefined;
}

/**
 * Some HTTP clients and proxies resolve dot segments and take a backslash for a slash: such a key could
 * become another.
 */
function isSafeSegment(segment) {
  return segment !== '' && segment !== '.' && segment !== '..' && !segment.includes('\\');
}

function isSafeKey(key) {
  return (
    key.isWellFormed() &&
    !CONTROL_CHARACTER.test(key) &&
    Buffer.byteLength(key) <= MAX_KEY_BYTES &&
    key.split('/').every(isSafeSegment)
  );
}

function decodePath(uri) {
  if (!uri.startsWith('/')) {
    return undefined;
  }
  try {
    return decodeURIComponent(uri.slice(1));
  } catch {
    return undefined; // not UTF-8, or a '%' without two hexadecimal digits
  }
}

/**
 * Cuts the size and what stands before it off the path: [fit, size, key], or nothing where the path has no
 * size.
 */
function splitSize(path) {
  const [first, second, ...rest] = path.split('/');
  if (SIZE_SHAPE.test(first)) {
    return [DEFAULT_FIT, first, path.slice(first.length + 1)];
  }
  if (FIT_BY_PREFIX.has(first) && SIZE_SHAPE.test(second)) {
    return [FIT_BY_PREFIX.get(first), second, rest.join('/')];
  }
  return undefined;
}

/**
 * Reads the path of a URL. Returns { key } for an object itself, { key, resize: { fit, width, height } } for
 * an image to transform, undefined for a path that names neither and is to be refused.
 */
function parsePath(uri) {
  const path = decodePath(uri);
  if (path === undefined) {
    return undefined;
  }
  const sized = splitSize(path);
  if (!sized) {
    return isSafeKey(path) ? { key: path } : undefined;
  }
  const [fit, text, key] = sized;
  const size = parseSize(text);
  return size && isSafeKey(key) ? { key, resize: { fit, ...size } } : undefined;
}

function encodeSegment(segment) {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The path by which S3 is asked for a key; '+' is escaped, since S3 reads a bare one as a space. */
function keyPath(key) {
  return `/${key.split('/').map(encodeSegment).join('/')}`;
}

const PREFIX_BY_FIT = { cover: '', inside: 'fit-in/', contain: 'contain/' };

/**
 * The one spelling of the URL for what parsePath() has read: every segment as encodeURIComponent writes it,
 * which is also how Django and browsers leave it, and no prefix where none is needed.
 */
function canonicalPath({ key, resize }) {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return resize ? `/${PREFIX_BY_FIT[resize.fit]}${resize.width}x${resize.height}/${path}` : `/${path}`;
}

/** How a resize travels from one trigger to the next: a header value of letters, digits, '/' only. */
function formatResize({ fit, width, height }) {
  return `${fit}/${width}x${height}`;
}

function parseResize(text) {
  const [fit, sizeText, ...rest] = text.split('/');
  const size = parseSize(sizeText ?? '');
  return FITS.has(fit) && size && rest.length === 0 ? { fit, ...size } : undefined;
}

module.exports = {
  MAX_DIMENSION,
  canonicalPath,
  decodePath,
  formatResize,
  isSafeKey,
  keyPath,
  parsePath,
  parseResize,
};
