/** How programs write activation functions: layers of PyTorch, and what Keras and TensorFlow.js make of `x`. */
import type { Activation } from '../experiment/experiment.ts';

type Framework = 'pytorch' | 'keras' | 'tensorflowJs';

export const activations: Readonly<Record<Activation, Readonly<Record<Framework, string>>>> = {
  sigmoid: {
    pytorch: 'nn.Sigmoid()',
    keras: 'layers.Activation("sigmoid")(x)',
    tensorflowJs: "tf.layers.activation({ activation: 'sigmoid' }).apply(x)",
  },
  tanh: {
    pytorch: 'nn.Tanh()',
    keras: 'layers.Activation("tanh")(x)',
    tensorflowJs: "tf.layers.activation({ activation: 'tanh' }).apply(x)",
  },
  relu: { pytorch: 'nn.ReLU()', keras: 'layers.ReLU()(x)', tensorflowJs: 'tf.layers.reLU().apply(x)' },
  leaky: {
    pytorch: 'nn.LeakyReLU(0.01)',
    keras: 'layers.LeakyReLU(negative_slope=0.01)(x)',
    tensorflowJs: 'tf.layers.leakyReLU({ alpha: 0.01 }).apply(x)',
  },
  elu: { pytorch: 'nn.ELU()', keras: 'layers.ELU()(x)', tensorflowJs: 'tf.layers.elu().apply(x)' },
  gelu: {
    pytorch: 'nn.GELU()',
    keras: 'layers.Activation("gelu")(x)',
    tensorflowJs: "tf.layers.activation({ activation: 'gelu' }).apply(x)",
  },
  silu: {
    pytorch: 'nn.SiLU()',
    keras: 'layers.Activation("silu")(x)',
    tensorflowJs: "tf.layers.activation({ activation: 'swish' }).apply(x)",
  },
  linear: { pytorch: 'nn.Identity()', keras: 'x', tensorflowJs: 'x' },
};
