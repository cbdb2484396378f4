using System.IO.Compression;
using System.Text;

namespace Granary.Tape.Tests.Support;

/// <summary>Small tapes in a folder that goes away with its owner.</summary>
public sealed class TempTape : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("granary-tape-").FullName;
    private int _files;

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public string Write(byte[] content)
    {
        var path = Path($"tape{_files++}");
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Csv(params string[] lines) => Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))));

    public static byte[] GZip(string text)
    {
        using var memory = new MemoryStream();
        using (var stream = new GZipStream(memory, CompressionLevel.Fastest)) stream.Write(Encoding.UTF8.GetBytes(text));
        return memory.ToArray();
    }

    public static byte[] Zip(params (string Name, string Text)[] members)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in members)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return memory.ToArray();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
