#!/usr/bin/env node
// Starts the command line on a Node that can run it. Kept to old JavaScript, so that an old Node reaches the message.
'use strict';

var childProcess = require('child_process');
var fs = require('fs');
var path = require('path');

var OLDEST_MAJOR = 24;
var FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
var entry = path.join(__dirname, '..', 'out', 'main', 'cli.js');

function fail(message, remedy) {
  var facts = { code: 'CONFIG_INVALID', message: message, remedy: remedy, retryable: false };
  fs.writeSync(2, facts.code + ': ' + message + '\n  ' + remedy + '\n');
  if (process.argv.indexOf('--json') !== -1) fs.writeSync(1, JSON.stringify({ error: facts }, null, 2) + '\n');
  process.exit(2);
}

/** The Node that came with the dependencies, beside this package or hoisted above it. */
function packagedNode() {
  var windows = process.platform === 'win32';
  var name = 'node-' + (windows ? 'win' : process.platform) + '-' + process.arch;
  var binary;
  try {
    binary = path.join(path.dirname(require.resolve(name + '/package.json')), 'bin', windows ? 'node.exe' : 'node');
  } catch (_error) {
    return null;
  }
  return fs.existsSync(binary) ? binary : null;
}

/** Runs this file again on `node`, passes signals on, and ends the way the child ended. */
function relaunch(node) {
  // The child reads the far end of this pipe: when this process is killed, the pipe closes and the child ends too.
  var env = Object.assign({}, process.env, { LOADSTONE_LIFELINE: '3' });
  var stdio = ['inherit', 'inherit', 'inherit', 'pipe'];
  var child = childProcess.spawn(node, [__filename].concat(process.argv.slice(2)), { env: env, stdio: stdio });

  // A terminal's Ctrl-C reaches both processes; the child takes signals that arrive together for one.
  function forward(signal) {
    child.kill(signal);
  }
  function ended(code, signal) {
    var i;
    if (signal === null) process.exit(code);
    for (i = 0; i < FORWARDED.length; i += 1) process.removeListener(FORWARDED[i], forward);
    process.kill(process.pid, signal);
  }
  function unusable(error) {
    fail('The Node of this installation does not start: ' + error.message + '.', 'Run "npm ci" again.');
  }
  function listen(signal) {
    process.on(signal, forward);
  }
  function ignore() {}
  FORWARDED.forEach(listen);
  child.stdio[3].on('error', ignore);
  child.on('error', unusable);
  child.on('exit', ended);
}

function main() {
  var node;
  var found = process.execPath + ' is ' + process.version;
  if (!fs.existsSync(entry)) fail('The program is not built: ' + entry + ' is missing.', 'Run "npm run build".');
  if (parseInt(process.versions.node, 10) >= OLDEST_MAJOR) return require(entry);
  node = process.env.LOADSTONE_LIFELINE ? null : packagedNode();
  if (node !== null) return relaunch(node);
  fail('Loadstone needs Node ' + OLDEST_MAJOR + ' or newer; ' + found + '.', 'Run "npm ci" again: it brings one.');
}

main();
