/** What the command line says about options, whichever command they are of. */
export const commandProblems = {
  'command.option': '{reason}: npm run {command} -- --help lists the options.',
  'command.choice': '--{option} is “{value}”, but must be {choices}.',
  'command.wholeNumber': '--{option} is “{value}”, but must be a whole number from {min} to {max}.',
};
