/** Texts that would be markup, end an attribute, or turn what stands around them. */
export const HOSTILE: readonly string[] = [
  '<script>globalThis.hacked = 1</script>',
  '"><img src=x onerror="globalThis.hacked = 1">',
  "' onmouseover='globalThis.hacked = 1",
  '</style><script>globalThis.hacked = 1</script>',
  '</text><foreignObject><img src=x onerror=globalThis.hacked=1></foreignObject>',
  '<!-- ',
  ']]><script>globalThis.hacked = 1</script>',
  '&lt;script&gt;',
  'javascript:globalThis.hacked=1',
  '\u202egnp.exe',
];
