/** The words of what Share opens. */
export const share = {
  link: 'Link',
  embed: {
    title: 'In another page',
    kind: 'Written in',
    kinds: { html: 'HTML', markdown: 'Markdown', jupyter: 'Jupyter', quarto: 'Quarto', observable: 'Observable' },
    /** Of the field with the code. */
    code: (kind: string) => `Code for ${kind}`,
    copy: 'Copy the code',
    copied: 'The code is copied.',
    refused: 'The browser does not let this page copy. Select the code and copy it yourself.',
    frame: (networks: string) => `Depthscope: ${networks}`,
  },
  qr: {
    button: 'QR code',
    title: 'QR code of the link',
    close: 'Close',
    tooLong: 'The link is too long for a QR code.',
  },
  picture: {
    title: 'Picture',
    drawing: 'Drawing the picture …',
    failed: 'The picture could not be drawn.',
    copy: 'Copy the picture',
    copied: 'The picture is copied.',
    refused: 'The browser does not let this page copy pictures. Save it instead.',
    save: 'Save',
    send: 'Send',
  },
};
