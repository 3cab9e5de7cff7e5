// SPDX-License-Identifier: MIT
// parse.js FILE COUNT: reads a JSON file so many times.
'use strict';
const fs = require('fs');

const [, , file, count] = process.argv;
for (let i = 0; i < Number(count); i++)
    JSON.parse(fs.readFileSync(file, 'utf8'));
