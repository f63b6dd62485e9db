/** One sentence for each term that a lesson marks. */
export const glossary: Readonly<Record<string, string>> = {
  'weight layer': 'A conv or dense layer: one that has weights to learn; depth counts these.',
  'training error':
    'The share of a fixed sample of 1,000 training images that the network gets wrong, with its weights left as they are.',
  'test error': 'The share of 1,000 images that are never trained on that the network gets wrong.',
  'signal gradient':
    'How strongly one example’s loss still speaks to a layer: the root mean square of the loss’s derivative by the layer’s output.',
  'weight gradient':
    'How strongly a layer’s weights are asked to move: the length of the loss’s derivative by all of them.',
  'factor per layer':
    'By how much the signal gradient is multiplied from one conv layer to the one before it, fitted over all of them.',
  activation:
    'The function applied to each number that a layer puts out, for instance ReLU: negative numbers become 0.',
  saturated: 'A sigmoid or tanh unit is saturated where its curve is so flat that almost no gradient gets through.',
  'dead unit': 'A ReLU unit that puts out 0 for every image of the minibatch, and so passes no gradient.',
  'Xavier initialisation':
    'Random weights with variance 2 / (inputs + outputs): a compromise that keeps signals and gradients about as large from layer to layer where the activation is nearly linear.',
  'He initialisation':
    'Random weights with variance 2 / inputs: twice Xavier’s where a layer has as many outputs as inputs, because ReLU lets only half of a signal through.',
  gain: 'A number that multiplies a network’s initial weights, all but the classifier’s.',
  'batch norm':
    'Each channel’s numbers are shifted and scaled to mean 0 and standard deviation 1 over the minibatch, and then by two learned numbers.',
  degradation: 'A deeper plain network ends with a higher training error than a shallower one.',
  overfitting: 'A network does well on the images it was trained on and worse on others.',
  shortcut: 'A connection that carries a block’s input around its layers, to be added to what they put out.',
  'residual block': 'Two conv layers and a shortcut around them: the layers learn what to add to their input.',
  twins: 'Two networks with the same initial weights, minibatches and number of parameters; only the shortcuts differ.',
  'identity layer': 'A layer that passes its input on unchanged and has nothing to learn.',
  Dirac: 'A conv layer whose weights start so that each channel is passed on unchanged.',
  logits: 'The ten numbers, one a class, that a network puts out before they are turned into probabilities.',
  'evaluation mode':
    'How a network is used after training: batch norm takes fixed statistics, re-estimated from 512 training images unless the experiment says otherwise, instead of the minibatch’s.',
  minibatch: 'The few images, here 32 or 64, from which one update of the weights is computed.',
  'shattered gradients':
    'In deep plain networks the gradient changes so much between neighbouring inputs that it looks like white noise.',
  projection: 'A shortcut of 1×1 convs, used where a block changes the shape of what passes through it.',
  trunk: 'What runs along the shortcuts: the sum that every block reads from and adds to.',
};
