// SPDX-License-Identifier: MIT
// The diff library inside of the CDK CLI: its bundle is run as it is, up to the library's export. So what it decides is
// what `cdk diff` decides.
'use strict';
const fs = require('fs');
const path = require('path');
const Module = require('module');

exports.load = (cli) => {
  const file = path.join(cli, 'lib/index.js');
  const text = fs.readFileSync(file, 'utf8');
  const found = text.match(/var (\w+) = __commonJS\(\{\s*"\.\.\/@aws-cdk\/cloudformation-diff\/lib\/index\.js"/);
  if (!found) throw new Error(`the diff library is not in ${file}`);
  const bundle = new Module(file, null);
  bundle.filename = file;
  bundle.paths = Module._nodeModulePaths(path.dirname(file));
  bundle._compile(`${text}\nmodule.exports.cloudformationDiff = ${found[1]}();`, file);
  return bundle.exports.cloudformationDiff;
};
