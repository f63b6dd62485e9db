import { describe, expect, it } from 'vitest';
import { experimentText } from './experimentText.ts';
import { parseLink } from './parseLink.ts';

const textOf = (link: string) => experimentText(parseLink(link).experiment);

describe('the text of an experiment', () => {
  it('is for original blocks what it was before blocks had other settings, so that kept runs are found again', () => {
    expect(textOf('#v=1&a=conv-4,residual-4&steps=7')).toBe(
      'conv-4,residual-4 norm=batch act=relu init=he std=0.05 gain=1 shortcut=a head=gap | size=14 batch=64 opt=momentum lr=0.05 schedule=linear wd=0 clip=0 seed=1 train=6000 steps=7',
    );
  });

  it('says of blocks what is not as in the original', () => {
    const text = textOf('#v=1&a=conv-4,residual-4&order=pre&gate=shortcut&gatebias=-2&skipscale=0.5&survival=0.8');
    expect(text).toContain('head=gap order=pre skipscale=0.5 gate=shortcut gatebias=-2 survival=0.8 |');
  });
});
