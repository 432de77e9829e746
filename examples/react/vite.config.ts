import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const source = (file: string) => fileURLToPath(new URL(`../../client/src/${file}`, import.meta.url));

// Only in this repository: elsewhere the package is installed, and Vite needs no configuration.
export default defineConfig({
  resolve: {
    alias: {
      'switchboard-client/react': source('react.ts'),
      'switchboard-client': source('switchboard-client.ts'),
    },
  },
});
