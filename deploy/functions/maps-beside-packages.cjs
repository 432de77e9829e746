// A source map inside an archive makes every cold start slower, so the maps go beside the archives.
const { mkdir, rename } = require('node:fs/promises');
const { basename, join } = require('node:path');

module.exports = ({ serviceDir }) => [
  {
    name: 'maps-beside-packages',
    setup(build) {
      const { entryPoints, outdir } = build.initialOptions;
      const map = `${basename(entryPoints[0], '.ts')}.js.map`;
      const packages = join(serviceDir, '.serverless');
      build.onEnd(async () => {
        await mkdir(packages, { recursive: true });
        await rename(join(outdir, map), join(packages, map));
      });
    },
  },
];
