# Try an installed Grid Console on Windows. Written and reviewed, but NOT RUN by those who wrote it.
#   powershell -ExecutionPolicy Bypass -File packaging\windows\smoke.ps1 dist\grid-console-VERSION-setup.exe
param([Parameter(Mandatory)][string]$Installer)
$ErrorActionPreference = "Stop"
$place = "$env:TEMP\grid-console-smoke"
$data = "$place\data"
$began = Get-Date
Remove-Item -Recurse -Force $place -ErrorAction SilentlyContinue
$words = "/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART", "/DIR=`"$place\program`""
$run = Start-Process -Wait -PassThru $Installer -ArgumentList $words
if ($run.ExitCode) { throw "smoke: the installer ended with $($run.ExitCode)" }
"installed in {0:n0} s" -f ((Get-Date) - $began).TotalSeconds
$console = "$place\program\grid-console-cli.exe"

function Expect([string]$what, [scriptblock]$holds) {
    if (-not (& $holds)) { throw "smoke: $what" }
    "ok   $what"
}

Expect "it tells its version" { (& $console --version) -match "grid-console, version \d" }
& $console --data $data city demo --cases 300
Expect "the demo city is made" { $LASTEXITCODE -eq 0 }
$told = & $console --data $data doctor --walk --json | ConvertFrom-Json
$told.checks | ForEach-Object { "     {0} {1}: {2}" -f ($(if ($_.well) { "+" } else { "-" })), $_.name, $_.found }
Expect "a case walks through the seven steps" { -not ($told.checks | Where-Object { -not $_.well }) }
$sqlite = [version](($told.checks | Where-Object name -eq "database").found -replace "^sqlite (\S+).*", '$1')
Expect "SQLite is current" { $sqlite -ge [version]"3.51.3" }
Expect "every row agrees with the journal" { & $console --data $data verify; $LASTEXITCODE -eq 0 }
Start-Process -Wait "$place\program\unins000.exe" -ArgumentList "/VERYSILENT", "/SUPPRESSMSGBOXES"
# The uninstaller goes on as a copy of itself in another folder, so its end is not the end.
foreach ($turn in 1..60) { if (Test-Path "$place\program\grid-console.exe") { Start-Sleep 1 } }
Expect "it is removed" { -not (Test-Path "$place\program\grid-console.exe") }
Expect "the data stay" { Test-Path "$data\console.sqlite" }
Remove-Item -Recurse -Force $place
