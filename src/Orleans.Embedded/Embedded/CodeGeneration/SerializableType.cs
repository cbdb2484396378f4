namespace Orleans.Embedded.CodeGeneration;

/// <summary>What the generator found out about a type with <see cref="GenerateSerializerAttribute"/>.</summary>
/// <param name="Type">The type; the open one when generic.</param>
/// <param name="Copier">Its copier; the open one when generic.</param>
/// <param name="Members">Names of fields and properties that are carried.</param>
/// <param name="MembersWithoutId">Names of fields and properties that hold data and have no id.</param>
internal sealed record SerializableType(Type Type, Type? Copier, string[] Members, string[] MembersWithoutId);
