// softmax cross entropy, for loss of ResNet-8 (width 8, 32 images of 14×14): 1 × 1 workgroups.

struct Run { images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32 }
@group(0) @binding(0) var<uniform> run: Run;
@group(0) @binding(1) var<storage, read> logits: array<vec4f>;
@group(0) @binding(2) var<storage, read> labels: array<u32>;
@group(0) @binding(3) var<storage, read> indices: array<u32>;
@group(0) @binding(4) var<storage, read_write> losses: array<f32>;
@group(0) @binding(5) var<storage, read_write> g: array<vec4f>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  let image = workgroup.x * 64u + local;
  if (image >= run.images) { return; }
  let label = labels[indices[image]];
  let row0 = logits[image * 3u + 0u];
  let row1 = logits[image * 3u + 1u];
  let row2 = logits[image * 3u + 2u];
  let z0 = row0[0];
  let z1 = row0[1];
  let z2 = row0[2];
  let z3 = row0[3];
  let z4 = row1[0];
  let z5 = row1[1];
  let z6 = row1[2];
  let z7 = row1[3];
  let z8 = row2[0];
  let z9 = row2[1];
  var largest = z0;
  largest = max(largest, z0);
  largest = max(largest, z1);
  largest = max(largest, z2);
  largest = max(largest, z3);
  largest = max(largest, z4);
  largest = max(largest, z5);
  largest = max(largest, z6);
  largest = max(largest, z7);
  largest = max(largest, z8);
  largest = max(largest, z9);
  let e0 = exp(z0 - largest);
  let e1 = exp(z1 - largest);
  let e2 = exp(z2 - largest);
  let e3 = exp(z3 - largest);
  let e4 = exp(z4 - largest);
  let e5 = exp(z5 - largest);
  let e6 = exp(z6 - largest);
  let e7 = exp(z7 - largest);
  let e8 = exp(z8 - largest);
  let e9 = exp(z9 - largest);
  let sum = e0 + e1 + e2 + e3 + e4 + e5 + e6 + e7 + e8 + e9;
  var right = 0.0;
  if (label == 0u) { right = z0; }
  if (label == 1u) { right = z1; }
  if (label == 2u) { right = z2; }
  if (label == 3u) { right = z3; }
  if (label == 4u) { right = z4; }
  if (label == 5u) { right = z5; }
  if (label == 6u) { right = z6; }
  if (label == 7u) { right = z7; }
  if (label == 8u) { right = z8; }
  if (label == 9u) { right = z9; }
  losses[image] = log(sum) - (right - largest);
  let scale = 1.0 / (sum * f32(run.images));
  let share = 1.0 / f32(run.images);
  g[image * 3u + 0u] = vec4f(e0 * scale - select(0.0, share, label == 0u), e1 * scale - select(0.0, share, label == 1u), e2 * scale - select(0.0, share, label == 2u), e3 * scale - select(0.0, share, label == 3u));
  g[image * 3u + 1u] = vec4f(e4 * scale - select(0.0, share, label == 4u), e5 * scale - select(0.0, share, label == 5u), e6 * scale - select(0.0, share, label == 6u), e7 * scale - select(0.0, share, label == 7u));
  g[image * 3u + 2u] = vec4f(e8 * scale - select(0.0, share, label == 8u), e9 * scale - select(0.0, share, label == 9u), 0.0, 0.0);
}
