# Build the Windows installer. Written and reviewed, but NOT RUN by those who wrote it: they have no Windows.
# Needs Windows 10 or newer, Python 3.11 (64 bit), npm, Inno Setup 6.3 (iscc) and Visual Studio's build tools:
# run it from their "x64 Native Tools" prompt, which knows cl and signtool. ChromiumNotices is the file that lies
# in the tar package of the same version as usr/share/doc/grid-console/chromium-notices.
#   powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1 chromium-notices [-Sign THUMBPRINT]
param([Parameter(Mandatory)][string]$ChromiumNotices, [string]$Sign = "")
$ErrorActionPreference = "Stop"
$root = Resolve-Path "$PSScriptRoot\..\.."
$notices = Resolve-Path $ChromiumNotices
Set-Location $root
$venv = "$root\build\venv"
$python = "$venv\Scripts\python.exe"

if (-not (Test-Path $python)) {
    py -3.11 -m venv $venv
    & $python -m pip install --require-hashes --only-binary :all: `
        -r packaging\requirements-package.lock -r packaging\requirements-windows.lock
    if ($LASTEXITCODE) { exit $LASTEXITCODE }
    & $python -m pip install --no-deps --no-build-isolation --no-index --editable $root
}

$env:PYTHONPATH = "$root\packaging\bundle"
$env:PYTHONHASHSEED = "0"
$env:PYTHONUTF8 = "1"
& $python packaging\bundle windows
if ($LASTEXITCODE) { exit $LASTEXITCODE }

$folder = "$root\build\frozen\grid-console"
Copy-Item $notices "$folder\documents\chromium-notices.txt"
if ($Sign) {
    # Chromium's helper is a program of its own and is looked at by itself.
    $programs = Get-ChildItem -Recurse $folder -Include grid-console*.exe, QtWebEngineProcess.exe
    signtool sign /sha1 $Sign /fd SHA256 $programs.FullName
    if ($LASTEXITCODE) { exit $LASTEXITCODE }
}
$version = & $python -c "from console import __version__; print(__version__)"
iscc /Qp "/DVersion=$version" "/DFolder=$folder" "/O$root\dist" packaging\windows\grid-console.iss
if ($LASTEXITCODE) { exit $LASTEXITCODE }
if ($Sign) {
    signtool sign /sha1 $Sign /fd SHA256 "$root\dist\grid-console-$version-setup.exe"
    if ($LASTEXITCODE) { exit $LASTEXITCODE }
}
Get-FileHash "$root\dist\grid-console-$version-setup.exe" -Algorithm SHA256 |
    ForEach-Object { "$($_.Hash.ToLower())  grid-console-$version-setup.exe" } |
    Set-Content -Encoding ascii "$root\dist\SHA256SUMS-windows"
