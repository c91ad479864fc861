#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// The program as it is installed. What V8 made of a module is kept beside it, where only who may change the module may write;
// where that is nobody who calls it, nothing is kept.
enableCompileCache(fileURLToPath(new URL('../compiled', import.meta.url)));

await import('./main.ts');
