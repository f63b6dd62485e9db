// channel statistics, for conv 2 of ResNet-8 (width 8, 32 images of 14×14): 2 × 1 workgroups.

struct Run { images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32 }
@group(0) @binding(0) var<uniform> run: Run;
@group(0) @binding(1) var<storage, read> sums: array<vec4f>;
@group(0) @binding(2) var<storage, read> scale: array<vec4f>;
@group(0) @binding(3) var<storage, read> shift: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> norm: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> response: array<vec4f>;
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
  let count = run.images * 196u;
  let parts = (count + 127u) / 128u;
  var sum = vec4f();
  for (var i = local; i < parts; i += 64u) {
    let at = (i * 2u + pack) * 2u;
    let members = f32(min(128u, count - i * 128u));
    sum += sums[at];
  }
  let mean = workgroupSum(sum, local) / f32(count);
  var squares = vec4f();
  for (var i = local; i < parts; i += 64u) {
    let at = (i * 2u + pack) * 2u;
    let members = f32(min(128u, count - i * 128u));
    let off = sums[at] / members - mean;
    squares += sums[at + 1u] + members * off * off;
  }
  let variance = workgroupSum(squares, local) / f32(count);
  let deviation = sqrt(variance);
  if (local == 0u) {
    let inverseStd = inverseSqrt(variance + 0.00001);
    let slope = scale[pack] * inverseStd;
    norm[0u + pack] = mean;
    norm[2u + pack] = inverseStd;
    norm[4u + pack] = slope;
    norm[6u + pack] = shift[pack] - slope * mean;
    response[pack] = shift[pack];
    response[2u + pack] = abs(slope) * deviation;
  }
}
