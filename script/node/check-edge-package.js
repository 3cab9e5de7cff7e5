// SPDX-License-Identifier: MIT
'use strict';

/**
 * node check-edge-package.js DIRECTORY LOCK_FILE: whether the directory works as the package of the image-transform function: it
 * has every package that LOCK_FILE pins for Lambda@Edge, in that version, no other, nothing that is compiled for another
 * platform, and sharp's native module loads (where this is Linux on x86_64 with glibc, as Lambda is).
 */
const fs = require('node:fs');
const path = require('node:path');

const PLATFORM = { os: 'linux', cpu: 'x64', libc: 'glibc' };
const ELF_X86_64 = 62; // e_machine
const LEFT_OUT = ['tslib']; // only sharp's WebAssembly build needs it

const problems = [];
const [directory, lockFile] = process.argv.slice(2);
const locked = JSON.parse(fs.readFileSync(lockFile, 'utf8')).packages;
const fits = (entry) => Object.entries(PLATFORM).every(([key, value]) => !entry[key] || entry[key].includes(value));

/** Path in the directory to the entry in the lock file, for all that the root needs. */
function expectedPackages() {
  const expected = new Map();
  const add = (owner) => {
    const { dependencies, optionalDependencies } = locked[owner];
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = `node_modules/${name}`;
      const entry = locked[place];
      if (!entry) {
        problems.push(`the lock file does not pin '${name}', which ${owner || 'the function'} needs`);
      } else if (!expected.has(place) && fits(entry) && !LEFT_OUT.includes(name)) {
        expected.set(place, entry);
        add(place);
      }
    }
  };
  add('');
  return expected;
}

function files() {
  return fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(directory, path.join(entry.parentPath ?? entry.path, entry.name)));
}

function checkPackages(names) {
  const expected = expectedPackages();
  for (const [place, { version }] of expected) {
    const file = path.join(directory, place, 'package.json');
    const found = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).version : undefined;
    if (found !== version) {
      problems.push(found ? `${place} is version ${found}, not ${version}` : `${place} is missing`);
    }
  }
  const foreign = names
    .map((name) => /^node_modules\/(@[^/]+\/)?[^/]+/.exec(name)?.[0])
    .filter((place) => place && !expected.has(place));
  problems.push(...new Set(foreign.map((place) => `${place} does not belong into the package`)));
}

function checkCompiledFiles(names) {
  for (const name of names.filter((each) => /\.node$|\.(so|dylib|dll|wasm)\b/.test(each))) {
    const bytes = fs.readFileSync(path.join(directory, name));
    if (bytes.toString('latin1', 0, 4) !== '\x7fELF' || bytes.readUInt16LE(18) !== ELF_X86_64) {
      problems.push(`${name} is not compiled for Linux on x86_64`);
    } else if (bytes.includes('libc.musl-')) {
      problems.push(`${name} needs musl; Lambda has glibc`);
    }
  }
}

async function checkThatSharpLoads() {
  const { platform, arch, report } = process;
  if (platform !== 'linux' || arch !== 'x64' || !report.getReport().header.glibcVersionRuntime) {
    console.error('package-image-transform: sharp cannot be loaded on this platform; the rest of the package is checked');
    return;
  }
  try {
    const sharp = require(path.resolve(directory, 'node_modules/sharp'));
    const create = { width: 2, height: 2, channels: 3, background: 'red' };
    await sharp({ create }).avif().toBuffer();
    const other = Object.keys(require.cache).filter((file) => !file.startsWith(fs.realpathSync(directory) + path.sep));
    problems.push(...other.filter((file) => file !== __filename).map((file) => `sharp loads ${file}`));
  } catch (error) {
    problems.push(`sharp does not load: ${error.message.trim().split('\n')[0]}`);
  }
}

async function main() {
  const names = files();
  checkPackages(names);
  checkCompiledFiles(names);
  await checkThatSharpLoads();
  for (const problem of problems) {
    console.error(`package-image-transform: ${problem}`);
  }
  process.exitCode = problems.length ? 1 : 0;
}

main();
