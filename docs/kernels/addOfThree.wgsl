// add, for conv 3 + shortcut of three such networks together: the third dimension of the workgroups says which.

struct Run { @align(16) images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32, network: u32 }
@group(0) @binding(0) var<uniform> run: array<Run, 3>;
@group(0) @binding(1) var<storage, read> a: array<array<vec4f, 12544>>;
@group(0) @binding(2) var<storage, read> aSums: array<array<vec4f, 56>>;
@group(0) @binding(3) var<storage, read> aScale: array<array<vec4f, 16>>;
@group(0) @binding(4) var<storage, read> aShift: array<array<vec4f, 16>>;
@group(0) @binding(5) var<storage, read_write> aNorm: array<array<vec4f, 8>>;
@group(0) @binding(6) var<storage, read_write> aResponse: array<array<vec4f, 4>>;
@group(0) @binding(7) var<storage, read> b: array<array<vec4f, 12544>>;
@group(0) @binding(8) var<storage, read_write> bNorm: array<array<vec4f, 8>>;
@group(0) @binding(9) var<storage, read_write> result: array<array<vec4f, 12544>>;
var<workgroup> shared4: array<vec4f, 128>;
var<workgroup> aFinished: array<vec4f, 4>;
fn aSum(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = 64u; stride >= 2u; stride /= 2u) {
    if (local < stride) { shared4[local] += shared4[local + stride]; }
    workgroupBarrier();
  }
  return shared4[local % 2u];
}
fn aFinish(network: u32, isFirst: bool, local: u32) {
  let pack = min(local % 2u, 1u);
  let lane = local / 2u;
  let count = run[network].images * 196u;
  let parts = (count + 447u) / 448u;
  var sum = vec4f();
  for (var i = lane; i < parts; i += 64u) {
    let at = (i * 2u + pack) * 2u;
    let members = f32(min(448u, count - i * 448u));
    sum += aSums[network][at];
  }
  let mean = aSum(sum, local) / f32(count);
  var squares = vec4f();
  for (var i = lane; i < parts; i += 64u) {
    let at = (i * 2u + pack) * 2u;
    let members = f32(min(448u, count - i * 448u));
    let off = aSums[network][at] / members - mean;
    squares += aSums[network][at + 1u] + members * off * off;
  }
  let variance = aSum(squares, local) / f32(count);
  let deviation = sqrt(variance);
  if (local < 2u) {
    let inverseStd = inverseSqrt(variance + 0.00001);
    let slope = aScale[network][pack] * inverseStd;
    let intercept = aShift[network][pack] - slope * mean;
    if (isFirst) {
      aNorm[network][0u + pack] = mean;
      aNorm[network][2u + pack] = inverseStd;
      aNorm[network][4u + pack] = slope;
      aNorm[network][6u + pack] = intercept;
      aResponse[network][pack] = aShift[network][pack];
      aResponse[network][2u + pack] = abs(slope) * deviation;
    }
    aFinished[pack] = slope;
    aFinished[2u + pack] = intercept;
  }
  workgroupBarrier();
}
@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let network = run[group.z].network;
  let workgroup = vec3u(group.xy, 0u);
  aFinish(network, all(workgroup == vec3u()), local);
  let index = (workgroup.y * 32768u + workgroup.x) * 128u + local;
  if (index >= run[network].images * 392u) { return; }
  let pack = index % 2u;
  let pixelColumn = index / 2u % 14u;
  let pixelRow = index / 28u % 14u;
  let image = index / 392u;
  var sum = vec4f();
  {
    let aSlope = aFinished[pack];
    let aIntercept = aFinished[2u + pack];
    sum += (aSlope * a[network][index] + aIntercept);
  }
  {
    let bSlope = bNorm[network][4u + pack];
    let bIntercept = bNorm[network][6u + pack];
    sum += max((bSlope * b[network][index] + bIntercept), vec4f(0.0));
  }
  result[network][index] = max(sum, vec4f(0.0));
}
