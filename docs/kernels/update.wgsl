// update, momentum, for all of ResNet-8 (width 8, 32 images of 14×14): 12 × 1 workgroups.

struct Run { images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32 }
@group(0) @binding(0) var<uniform> run: Run;
@group(0) @binding(1) var<storage, read> table: array<vec4u>;
@group(0) @binding(2) var<storage, read> gradients: array<vec4f>;
@group(0) @binding(3) var<storage, read> control: array<f32>;
@group(0) @binding(4) var<storage, read_write> parameters: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> moments: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> pieceMoves: array<vec4f>;
fn unit(largest: f32) -> f32 { return clamp(largest, 1e-37, 1e37); }
/** Adds x to a norm. */
fn withPack(norm: vec2f, x: vec4f) -> vec2f {
  let sizes = abs(x);
  let larger = max(max(max(sizes.x, sizes.y), max(sizes.z, sizes.w)), norm.x);
  let scale = 1.0 / unit(larger);
  let before = unit(norm.x) * scale;
  let share = x * scale;
  return vec2f(larger, norm.y * before * before + dot(share, share));
}
fn joined(a: vec2f, b: vec2f) -> vec2f {
  let larger = max(a.x, b.x);
  let scale = 1.0 / unit(larger);
  let first = unit(a.x) * scale;
  let second = unit(b.x) * scale;
  return vec2f(larger, a.y * first * first + b.y * second * second);
}
fn root(norm: vec2f) -> f32 { return unit(norm.x) * sqrt(norm.y); }
/** By the bits of the exponent: WGSL may assume that numbers are finite. */
fn isFinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  let id = (workgroup.y * 32768u + workgroup.x) * 64u + local;
  if (id >= 716u) { return; }
  let first = table[id * 2u].x;
  let about = table[id * 2u + 1u];
  let stopped = control[1] > 0.0;
  var norm = vec2f();
  var moved = vec2f();
  for (var i = 0u; i < about.x; i++) {
    let at = first + i;
    let before = parameters[at];
    norm = withPack(norm, before);
    if (stopped) { continue; }
    let gradient = control[0] * gradients[at] + f32(about.y) * 0.0001 * before;
    var after = before;
    let velocity = ((vec4f(0.9) * moments[at]) + gradient);
    moments[at] = velocity;
    after -= (run.learningRate * velocity);
    parameters[at] = after;
    moved = withPack(moved, after - before);
  }
  pieceMoves[id] = vec4f(norm, moved);
}
