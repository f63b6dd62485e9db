/** The page for teachers. Paragraphs may hold the marks that `Prose` reads. */

interface Path {
  readonly minutes: number;
  readonly steps: readonly string[];
}

interface Answered {
  readonly question: string;
  readonly answer: string;
}

export const teachers = {
  title: 'For teachers',
  back: 'To the lab',
  intro: [
    'Depthscope trains every network live, in the browser. Nothing is recorded, so what a class sees is what happened there and then; a run can also fail to show what you hoped for, and the page says so. That is worth planning for, and worth teaching.',
  ],
  aims: {
    title: 'Aims',
    lead: 'Afterwards, a learner can say from what they saw:',
    items: [
      'why gradients shrink or grow by a near-constant factor from layer to layer, and that *both* the activation’s slope and the weights make that factor;',
      'what initialisation and batch norm do about it, and that batch norm makes gradients *grow* towards the input at the start;',
      'what degradation is: a higher *training* error in the deeper network, which is therefore neither overfitting nor, up to some 26 layers, a matter of unhealthy gradients;',
      'why that is odd: a deeper network that is as good exists, and can be written down;',
      'what a shortcut changes: F(x) = H(x) − x, and “do nothing” becomes easy;',
      'what it does not change: parameters (option A), and the need for care at great depth.',
    ],
  },
  before: {
    title: 'Before the class',
    items: [
      'Open the page once on the machine that you will use. The badge says what computes; on a laptop without a GPU a lesson’s run takes from a few seconds to about two minutes, the grafts of lesson 6 up to four.',
      'Choose the *Projector* theme. Everything works by keyboard: space plays and pauses, → makes one step, R resets, and Page Down (a clicker’s key) goes on to what comes next wherever nothing scrolls.',
      'Every lesson has a link: `#lesson=5`, with `&part=2` for its second part. Settings after it hold for its runs: `#lesson=5&seed=7`. Give each group another seed, and collect the results.',
      'Ask for the prediction aloud, and count hands, *before* you press Run.',
    ],
  },
  paths: {
    title: 'Three paths',
    minutes: (minutes: number) => `${minutes} minutes`,
    list: [
      {
        minutes: 10,
        steps: [
          '[The first screen](./): ask which of the two will make fewer mistakes, count hands, train 38 layers (2 minutes). Then 8 layers: does it need depth? (1 minute)',
          'Why: [lesson 5, part 3](./#lesson=5&part=3), plain 56 against residual 56. What could make such a difference? (3 minutes)',
          '[Lesson 7](./#lesson=7): H(x) = F(x) + x, and how the corrections get smaller from block to block of a stage (4 minutes).',
          'All of it by a clicker or Page Down: train, eight layers, train, the lesson, its question, its run, its next part. Page Up goes back.',
        ],
      },
      {
        minutes: 30,
        steps: [
          '[Lesson 2, part 1](./#lesson=2): a fixed tax on every layer (5 minutes).',
          '[Lesson 4, part 1](./#lesson=4): the cures, theory against measurement (5 minutes).',
          '[Lesson 5](./#lesson=5): draw the curve, run, look at the bars, then the twins (12 minutes).',
          '[Lesson 7](./#lesson=7) and the code of [lesson 8](./#lesson=8) (8 minutes).',
        ],
      },
      {
        minutes: 60,
        steps: [
          '[Lesson 1](./#lesson=1) as an opener, while people arrive (5 minutes).',
          '[Lessons 2](./#lesson=2) and [3](./#lesson=3): the trap, and a contest: who finds the edge most exactly? (15 minutes)',
          '[Lesson 4](./#lesson=4), with its second part: step back to step 1 (8 minutes).',
          '[Lesson 5](./#lesson=5), each group with another seed; draw the spread on the board (12 minutes).',
          '[Lesson 6](./#lesson=6): the graft. Start training the base before you explain (12 minutes).',
          '[Lessons 7](./#lesson=7) to [9](./#lesson=9), as far as time allows (8 minutes).',
        ],
      },
    ] satisfies readonly Path[],
  },
  questions: {
    title: 'Questions, with answers',
    list: [
      {
        question: 'The sigmoid’s slope is at most ¼. Could other weights have saved the sigmoid stack?',
        answer:
          'Its gradient, yes; the network, with luck. The factor is slope times weights, and it keeps rising with the weights, although they push many units to where the slope is far less than ¼: with 12 times Xavier’s, 12 layers lose nothing. But whether such a stack trains depends on the seed: on this page, seeds 1 to 4 ended at 35, 34, 90 and 51% training error after 120 steps at a rate of 0.1.',
      },
      {
        question: 'Why is the weight gradient flat in lesson 2’s trap, although the signal vanishes?',
        answer:
          'It is the product of the signal that comes back and the activation that comes forward. With small weights one shrinks upwards and the other downwards, by about the same factor.',
      },
      {
        question: 'How do you know that degradation is not overfitting?',
        answer: 'From the training error: it is what is higher. An overfitted network has a low one.',
      },
      {
        question: 'And how do you know that it is not vanishing gradients?',
        answer:
          'From the bars of plain 20: they are healthy, and the network is still worse than plain 8. Plain 56 is another matter: its gradients explode at the start, and in most runs its early layers get almost none soon after.',
      },
      {
        question: 'Is “insert identity layers into a trained network” He et al.’s experiment?',
        answer:
          'No. They argue by construction that a deeper solution as good exists, and train all networks from scratch. The graft of lesson 6 is an experiment of its own.',
      },
      {
        question: 'The Dirac layers start as the identity, as the residual blocks do. Why do they fare worse?',
        answer:
          'For a conv layer the identity is one setting of its weights among many, and updates move it away at once. In a residual block it is where F is 0, and around it small weights make small changes.',
      },
      {
        question: 'Since dH/dx = 1 + F′(x), is the gradient through a residual block at least 1?',
        answer: 'No: F′ may be negative. What is true is that the loss has a direct way back, whatever F does.',
      },
      {
        question: 'Do residual networks get better test errors the deeper they are?',
        answer:
          'On CIFAR-10 with full training, from 20 to 110 layers, yes. In small experiments like those here, no: after 2,000 steps in PyTorch (14×14 maps, three seeds) the test error of plain 8 is 13% and that of residual 56 is 14%. What shows here is that they can be trained.',
      },
    ] satisfies readonly Answered[],
  },
  misconceptions: {
    title: 'Common misconceptions',
    items: [
      '**“Degradation is vanishing gradients.”** Two phenomena, two set-ups: sigmoid or bad initialisation without normalisation for the one, good initialisation with batch norm for the other.',
      '**“Degradation is overfitting.”** It is in the *training* error.',
      '**“Vanishing comes from the sigmoid’s slope.”** From the slope and the weights.',
      '**“With a skip connection the gradient cannot vanish, as it is 1 + F′ ≥ 1.”** F′ may be negative.',
      '**“F(x) = H(x)x.”** A minus sign got lost in a much-read article: F(x) = H(x) − x.',
      '**“He et al. inserted identity layers into a trained network.”** They argued by construction and trained from scratch.',
      '**“Residual connections solved vanishing gradients.”** Initialisation and normalisation had mostly done that; residual connections made deep networks optimisable.',
      '**“Shortcuts cost nothing.”** No parameters with option A; but additions, memory for activations, and projections with option B.',
      '**“Zero-scale and Dirac layers are the identity.”** At the start they are, in training too, but only after a ReLU, where nothing is negative; and a Dirac conv only without batch norm, which shifts and scales what it passes on.',
      '**“Batch norm keeps gradients healthy.”** At the start it makes them grow towards the input: in wide ReLU networks by 1.21 per layer of one shape, in those of lesson 4 by about 1.1.',
    ],
  },
  limits: {
    title: 'What the simulation cannot show',
    items: [
      'Runs are short, and networks narrow: seeds differ by several points, and those of plain 38 by ten and more. Show more than one before you claim anything.',
      'He et al.’s Fig. 7 (smaller responses in residual networks) does not appear at this scale; lesson 7 says so and shows a ratio instead.',
      'Better *test* error with depth, as on CIFAR-10 and ImageNet, takes far more data and training.',
      'Small grey pictures of clothes say little about how well a network sees.',
      'How a very deep plain network would end after days of training is not shown. For 2,000 steps it is known from PyTorch (S14, three seeds): plain 56 still had 41% training error, residual 56 had 0.1%.',
    ],
  },
};
