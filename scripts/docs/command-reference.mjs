/** The grammar of the command line as a page: every command with its options, in the order of `weir --help`. */
export function commandReference(program) {
  const help = program.createHelp();
  const commands = listCommands(program, help);
  return [
    '# Command line',
    'Made from the program itself (`npm run docs`). Exit codes, JSON documents and tables: [what commands print](command-output.md).',
    table(
      ['command', 'does'],
      commands.map((command) => [`[\`${nameOf(command)}\`](#${anchorOf(command)})`, summaryOf(command)]),
    ),
    '## Options of every command',
    optionTable(help.visibleOptions(program)),
    ...commands.flatMap((command) => describeCommand(command, help)),
    '',
  ].join('\n\n');
}

function listCommands(command, help) {
  return help
    .visibleCommands(command)
    .filter((sub) => sub.name() !== 'help')
    .flatMap((sub) => [sub, ...listCommands(sub, help)]);
}

function describeCommand(command, help) {
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help');
  const args = help.visibleArguments(command);
  const examples = examplesOf(command);
  return [
    `## ${nameOf(command)}`,
    command.description(),
    fence('sh', `${nameOf(command)} ${command.usage()}`),
    ...(args.length > 0
      ? [
          table(
            ['argument', 'meaning'],
            args.map((arg) => [`\`${arg.name()}\``, arg.description]),
          ),
        ]
      : []),
    ...(options.length > 0 ? [optionTable(options)] : []),
    ...(examples.length > 0 ? ['Examples:', fence('sh', examples.join('\n'))] : []),
  ];
}

/** What `addHelpText('after', ...)` holds is told only to listeners. */
function examplesOf(command) {
  let text = '';
  const write = (chunk) => {
    text += chunk;
  };
  command.emit('afterHelp', { error: false, write, command });
  return [...text.matchAll(/^ {2}\$ (.*)$/gm)].map(([, line]) => line);
}

function optionTable(options) {
  return table(
    ['option', 'meaning', 'default'],
    options.map((option) => [`\`${option.flags}\``, sentenceOf(option), defaultOf(option)]),
  );
}

function sentenceOf({ description, argChoices }) {
  return argChoices === undefined ? description : `${description} (${argChoices.join(', ')})`;
}

/** Of a machine's size there is none to be told. */
const MACHINE = ['threads', 'dimension-memory'];

function defaultOf({ defaultValue, long }) {
  if (MACHINE.some((name) => long === `--${name}`)) return 'of the machine';
  // A collection that is empty is no default worth telling.
  if (defaultValue === undefined || typeof defaultValue === 'object') return '';
  return `\`${String(defaultValue)}\``;
}

function summaryOf(command) {
  return command.summary() || command.description();
}

function nameOf(command) {
  const parent = command.parent;
  return parent === null ? command.name() : `${nameOf(parent)} ${command.name()}`;
}

function anchorOf(command) {
  return nameOf(command).replaceAll(' ', '-');
}

function table(head, rows) {
  const cell = (text) =>
    text
      .replaceAll('|', '\\|')
      .replaceAll('<', '&lt;')
      .replace(/`[^`]*`/g, (code) => code.replaceAll('&lt;', '<'))
      .replaceAll('\n', ' ');
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function fence(language, text) {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
