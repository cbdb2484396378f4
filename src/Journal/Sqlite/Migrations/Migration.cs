using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Granary.Journal.Sqlite.Migrations;

/// <summary>One numbered step of the schema.</summary>
/// <param name="Version">1, 2, 3 ... without gaps.</param>
/// <param name="Name">File name without extension, for example 0001_journal.</param>
/// <param name="Sql">Statements; line ends are LF.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    private const string Prefix = "Granary.Journal.Sqlite.Migrations.";

    /// <summary>SHA-256 of the statements, hex: a file that was changed after it was applied is found out.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>The steps that are built into this assembly, in order.</summary>
    public static IReadOnlyList<Migration> BuiltIn { get; } = Load(typeof(Migration).Assembly);

    private static List<Migration> Load(Assembly assembly)
    {
        var migrations = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            var name = resource[Prefix.Length..^".sql".Length];
            migrations.Add(new Migration(int.Parse(name[..4], CultureInfo.InvariantCulture), name, reader.ReadToEnd().Replace("\r\n", "\n")));
        }
        return migrations;
    }
}
