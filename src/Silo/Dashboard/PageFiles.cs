using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Granary.Silo.Dashboard;

/// <summary>The dashboard's files, which are part of this assembly: what is served is what was built, and nothing else on the disk can be.</summary>
public sealed class PageFiles
{
    private const string Prefix = "dashboard/";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly Dictionary<string, PageFile> _files = new(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    public PageFiles()
    {
        var assembly = typeof(PageFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal)) continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            _files[name[Prefix.Length..].Replace('\\', '/')] = new PageFile(
                Types[Path.GetExtension(name)], $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"", bytes);
        }
    }

    /// <summary>Their names, with forward slashes.</summary>
    public IReadOnlyCollection<string> Names => _files.Keys;

    /// <summary>The file of this name, exactly as it is written.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out PageFile? file) => _files.TryGetValue(name, out file);
}
