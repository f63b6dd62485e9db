// channel statistics, for classifier of ResNet-8 (width 8, 32 images of 14×14): 3 × 1 workgroups.

struct Run { images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32 }
@group(0) @binding(0) var<uniform> run: Run;
@group(0) @binding(1) var<storage, read> sums: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> response: array<vec4f>;
var<workgroup> shared4: array<vec4f, 64>;
fn workgroupSum(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride /= 2u) {
    if (local < stride) { shared4[local] = shared4[local] + shared4[local + stride]; }
    workgroupBarrier();
  }
  return shared4[0];
}
fn workgroupMax(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride /= 2u) {
    if (local < stride) { shared4[local] = max(shared4[local], shared4[local + stride]); }
    workgroupBarrier();
  }
  return shared4[0];
}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  let pack = workgroup.x;
  let count = run.images * 1u;
  let parts = (count + 63u) / 64u;
  var shares = vec4f();
  for (var i = local; i < parts; i += 64u) {
    let at = (i * 3u + pack) * 3u;
    let members = f32(min(64u, count - i * 64u));
    shares += sums[at] * (members / f32(count));
  }
  let mean = workgroupSum(shares, local);
  var largest = vec4f(1e-37);
  for (var i = local; i < parts; i += 64u) {
    let at = (i * 3u + pack) * 3u;
    let members = f32(min(64u, count - i * 64u));
    largest = max(largest, max(sums[at + 1u], abs(sums[at] - mean)));
  }
  let scale = workgroupMax(largest, local);
  var squares = vec4f();
  for (var i = local; i < parts; i += 64u) {
    let at = (i * 3u + pack) * 3u;
    let members = f32(min(64u, count - i * 64u));
    let own = sums[at + 1u] / scale;
    let off = (sums[at] - mean) / scale;
    squares += sums[at + 2u] * own * own + members * off * off;
  }
  let deviation = scale * sqrt(workgroupSum(squares, local) / f32(count));
  if (local == 0u) {
    response[pack] = mean;
    response[3u + pack] = deviation;
  }
}
