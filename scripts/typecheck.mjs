// Checks types, each environment with the globals it really has.
import { readdirSync } from 'node:fs';
import { runSteps } from './run-steps.mjs';

const projects = readdirSync('tsconfig').filter((name) => name !== 'base.json');
const steps = Object.fromEntries(projects.map((name) => [`types: ${name}`, ['tsc', '-p', `tsconfig/${name}`]]));
process.exitCode = (await runSteps(steps)).length > 0 ? 1 : 0;
